"""The API: the same actions and queries, for programs."""

from ninja import NinjaAPI

api = NinjaAPI(title="Sandop", version="1", urls_namespace="api")
