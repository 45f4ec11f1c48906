"""Addresses of the cycle's pages, below `cycle/`."""

from django.urls import path

from sandop_web.screens.cycle import data_close, days, feed, late, overview, rules, steps

urlpatterns = [
    path("", overview.cycle, name="cycle"),
    path("open/", overview.open_form, name="cycle-open"),
    path("open/now/", overview.opened, name="cycle-opened"),
    path("close/", overview.close_form, name="cycle-close"),
    path("close/now/", overview.closed, name="cycle-closed"),
    path("meeting/", overview.meeting_moved, name="meeting-move"),
    path("days/", days.days, name="cycle-days"),
    path("days/edit/", days.day_edited, name="day-edit"),
    path("days/rule/", days.rule_set, name="meeting-rule"),
    path("calendar.ics", feed.calendar_feed, name="calendar-feed"),
    path("data/", data_close.data_close, name="data-close"),
    path("data/close/", data_close.data_closed, name="data-closed"),
    path("data/owner/", data_close.owner_assigned, name="table-owner"),
    path("rules/", rules.rules, name="rules"),
    path("rules/change/", rules.rule_changed, name="rule-change"),
    path("late/", late.late_inputs, name="late-inputs"),
    path("late/hand-in/", late.handed_in, name="late-hand-in"),
    path("late/<int:late>/", late.late_decided, name="late-decide"),
    path("step/<slug:step>/open/", steps.step_opened, name="step-open"),
    path("step/<slug:step>/submit/", steps.step_submitted, name="step-submit"),
    path("step/<slug:step>/sign/", steps.step_signed, name="step-sign"),
    path("step/<slug:step>/reopen/", steps.step_reopened, name="step-reopen"),
    path("step/<slug:step>/deliver/", steps.input_delivered, name="input-deliver"),
    path("step/<slug:step>/substitute/", steps.input_substituted, name="input-substitute"),
    path("step/<slug:step>/tick/", steps.line_ticked, name="tick"),
]
