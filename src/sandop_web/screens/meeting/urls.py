"""Addresses of meeting mode and of the minutes."""

from django.urls import URLPattern, path

from sandop_web.screens.meeting import key_figures, minutes, packet, points

urlpatterns: list[URLPattern] = [
    path("kpi/<slug:kpi>/", key_figures.key_figure, name="kpi"),
    path("kpi/<slug:kpi>/target/", key_figures.target, name="kpi-target"),
    path("meeting/", points.meeting, name="meeting"),
    path("meeting/minutes/", minutes.minutes, name="minutes"),
    path("meeting/minutes/file/", minutes.minutes_file, name="minutes-file"),
    path("meeting/packet/", packet.packet, name="packet"),
    path("meeting/packet/send/", packet.send, name="packet-send"),
    path("meeting/packet/opened/", packet.opened, name="packet-opened"),
    path("meeting/packet/lift/", packet.lift, name="packet-lift"),
    path("meeting/note/", minutes.note, name="meeting-note"),
    path("meeting/attendance/", minutes.attendance, name="meeting-attendance"),
    path("meeting/<int:number>/", points.decision, name="meeting-decision"),
    path("meeting/<slug:point>/", points.point, name="meeting-point"),
]
