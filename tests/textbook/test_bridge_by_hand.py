"""A price-volume-mix bridge worked out on paper.

One family of pumps, budget against actual; prices in the customer's currency, budget rate 7.0, actual rate 7.2.

    leaf      budget          actual          what happened
    A|EAST    100 x 50        120 x 48        sold more, cheaper
    B|EAST     50 x 80         60 x 80        sold more at the old price
    A|USA      10 x 8 USD       8 x 9 USD     sold less, dearer, and the dollar rose
    C|EAST     20 x 30          -             lost
    B|NEW      -               15 x 75        new

Continuing pumps: budget 160, actual 188, growth 1.175.

    A|EAST  currency 0; price 120 x (48-50) = -240; volume 5,000 x 0.175 = 875; mix (120 - 117.5) x 50 = 125
    B|EAST  price 0; volume 4,000 x 0.175 = 700; mix (60 - 58.75) x 80 = 100
    A|USA   currency 8 x 9 x 0.2 = 14.40; price 8 x 1 x 7 = 56; volume 560 x 0.175 = 98;
            mix (8 - 11.75) x 56 = -210
    C|EAST  lost -600        B|NEW  new 1,125
    from 5,000 + 4,000 + 560 + 600 = 10,160      to 5,760 + 4,800 + 518.40 + 1,125 = 12,203.40
"""

import numpy as np

from sandop.finance import EFFECTS, Book, effects

QUANTITY0 = np.array([100.0, 50.0, 10.0, 20.0, 0.0])
QUANTITY1 = np.array([120.0, 60.0, 8.0, 0.0, 15.0])
FOREIGN0 = np.array([5000.0, 4000.0, 80.0, 600.0, 0.0])
FOREIGN1 = np.array([5760.0, 4800.0, 72.0, 0.0, 1125.0])
RATE0, RATE1 = np.array([1.0, 1.0, 7.0, 1.0, 1.0]), np.array([1.0, 1.0, 7.2, 1.0, 1.0])
ONE_FAMILY = np.zeros(5, dtype=np.int64)


def found() -> dict[str, list[float]]:
    made = effects(
        base=Book(QUANTITY0, FOREIGN0 * RATE0, FOREIGN0),
        book=Book(QUANTITY1, FOREIGN1 * RATE1, FOREIGN1),
        family=ONE_FAMILY,
    )
    return {effect: (made.effects[i] / 100.0).tolist() for i, effect in enumerate(EFFECTS)} | {
        "from": (made.start / 100.0).tolist(),
        "to": (made.end / 100.0).tolist(),
    }


def test_each_leaf_shows_the_effects_worked_out_by_hand() -> None:
    made = found()
    assert made["price"] == [-240.0, 0.0, 56.0, 0.0, 0.0]
    assert made["volume"] == [875.0, 700.0, 98.0, 0.0, 0.0]
    assert made["mix"] == [125.0, 100.0, -210.0, 0.0, 0.0]
    assert made["currency"] == [0.0, 0.0, 14.40, 0.0, 0.0]
    assert made["lost"] == [0.0, 0.0, 0.0, -600.0, 0.0]
    assert made["new"] == [0.0, 0.0, 0.0, 0.0, 1125.0]


def test_the_company_goes_from_budget_to_actual_to_the_cent() -> None:
    made = found()
    total = {effect: round(sum(values), 2) for effect, values in made.items()}
    assert total == {
        "from": 10160.0,
        "price": -184.0,
        "volume": 1673.0,
        "mix": 15.0,
        "new": 1125.0,
        "lost": -600.0,
        "currency": 14.4,
        "to": 12203.4,
    }


def test_volume_of_the_family_is_its_growth_at_its_average_base_price() -> None:
    """(188 - 160) x 9,560 / 160 = 1,673: mix only moves money inside the family."""
    assert round(sum(found()["volume"]), 2) == round((188 - 160) * 9560 / 160, 2)
