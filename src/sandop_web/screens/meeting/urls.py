"""Addresses of meeting mode and of the minutes."""

from django.urls import URLPattern, path

from sandop_web.screens.meeting import minutes, points

urlpatterns: list[URLPattern] = [
    path("meeting/", points.meeting, name="meeting"),
    path("meeting/minutes/", minutes.minutes, name="minutes"),
    path("meeting/minutes/file/", minutes.minutes_file, name="minutes-file"),
    path("meeting/note/", minutes.note, name="meeting-note"),
    path("meeting/attendance/", minutes.attendance, name="meeting-attendance"),
    path("meeting/<int:number>/", points.decision, name="meeting-decision"),
    path("meeting/<slug:point>/", points.point, name="meeting-point"),
]
