"""Qiantang Pumps, an invented maker of pumps in Hangzhou and Wuhu.

`products`, `parts`, `customers`, `plants` say what there is; `seasons`, `events`, `market` make its demand; `flows`
and `stocks` what it made, shipped and held; `capacity` what it can do; `streams` and `opinions` what its people say;
`budget` what it promised; `world` holds it all together and `build` hands on what a company would know.
"""

from sandop_demo.pumps.build import build

__all__ = ["build"]
