"""Every address of the workbench. A company's pages stand below its own name."""

from django.urls import URLPattern, URLResolver, include, path

from sandop_web.api.door import api
from sandop_web.screens.health import health
from sandop_web.screens.plans.groundwork import groundwork

in_company: list[URLPattern | URLResolver] = [
    path("", include("sandop_web.screens.work.urls")),
    path("", include("sandop_web.screens.family_sheet.urls")),
    path("cycle/", include("sandop_web.screens.cycle.urls")),
    path("step/", include("sandop_web.screens.steps.urls")),
    path("plan/", include("sandop_web.screens.why.urls")),
    path("plan/", include("sandop_web.screens.grid.urls")),
    path("plan/", include("sandop_web.screens.plans.urls")),
    path("scenarios/", include("sandop_web.screens.scenarios.urls")),
    path("data/", groundwork, name="data"),
    path("", include("sandop_web.screens.pre_sop.urls")),
    path("", include("sandop_web.screens.decisions.urls")),
    path("", include("sandop_web.screens.meeting.urls")),
    path("", include("sandop_web.screens.people.urls")),
    path("", include("sandop_web.screens.palette.urls")),
    path("", include("sandop_web.screens.help.urls")),
    path("", include("sandop_web.screens.exchange.urls")),
    path("", include("sandop_web.screens.jobs.urls")),
]

urlpatterns = [
    path("healthz", health, name="health"),
    path("", include("sandop_web.screens.entrance.urls")),
    path("", include("sandop_web.screens.founding.urls")),
    path("sso/", include("sandop_web.screens.sso_urls")),
    path("api/v1/", api.urls),
    path("c/<slug:company>/", include(in_company)),
]

handler400 = "sandop_web.screens.trouble.bad_request"
handler403 = "sandop_web.screens.trouble.forbidden"
handler404 = "sandop_web.screens.trouble.not_found"
handler500 = "sandop_web.screens.trouble.server_error"
