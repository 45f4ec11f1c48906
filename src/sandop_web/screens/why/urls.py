"""Address of the page that explains a number; it stands below the version."""

from django.urls import path

from sandop_web.screens.why.pages import why

urlpatterns = [path("<int:version>/why/", why, name="why")]
