"""Addresses of these pages."""

from django.urls import URLPattern, path

from sandop_web.screens.exchange import bringing, reviewing

urlpatterns: list[URLPattern] = [
    path("plan/<int:version>/grid/export/", bringing.export, name="grid-export"),
    path("plan/<int:version>/exchange/", bringing.bring, name="exchange-bring"),
    path("plan/<int:version>/exchange/upload/", bringing.upload, name="exchange-upload"),
    path("exchange/<int:exchange>/", reviewing.review, name="exchange"),
    path("exchange/<int:exchange>/choose/", reviewing.choose, name="exchange-choose"),
    path("exchange/<int:exchange>/accept/", reviewing.accept, name="exchange-accept"),
    path("exchange/<int:exchange>/discard/", reviewing.discard, name="exchange-discard"),
    path("exchange/<int:exchange>/file/", reviewing.file, name="exchange-file"),
]
