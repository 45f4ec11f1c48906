"""Before the meeting: the packet is sent and opened; in it each key figure leads to who makes it miss."""

from __future__ import annotations

from playwright.sync_api import expect
from workbench import Workbench

SENT = 120_000  # milliseconds until a packet is made on a slow machine


def test_the_packet_goes_out_and_says_who_has_opened_it(workbench: Workbench) -> None:
    zhou = workbench.sign_in("zhou")
    workbench.go(zhou, "meeting/packet/")
    expect(zhou.locator("main")).to_contain_text("Agenda, 120 minutes")
    workbench.axe(zhou)
    zhou.get_by_role("button", name="Send the packet now").click()
    expect(zhou.locator("h1")).to_contain_text("The packet is out", timeout=SENT)  # by itself, once it is made

    chen = workbench.sign_in("chen")
    with chen.expect_response(lambda answer: answer.url.endswith("packet/opened/")):  # by itself, once it is open
        workbench.go(chen, "meeting/packet/")
    with chen.expect_download() as taken:
        chen.get_by_role("link", name="The meeting pack (Excel)").click()
    assert taken.value.suggested_filename.endswith(".xlsx")
    workbench.go(zhou, "meeting/packet/")
    expect(zhou.locator("tr", has_text="Chen Guodong").last).to_contain_text("✓")
    workbench.go(zhou, "meeting/")
    expect(zhou.locator(".packet-standing")).to_contain_text("Nothing has changed since it was sent")
    workbench.axe(zhou)


def test_a_key_figure_leads_to_who_makes_it_miss_and_on_to_the_step(workbench: Workbench) -> None:
    chen = workbench.sign_in("chen")
    workbench.go(chen, "step/sop_meeting/")
    expect(chen.locator("[data-chart] svg")).to_have_count(2)
    workbench.axe(chen)
    chen.locator(".tile a", has_text="Revenue to budget").click()
    expect(chen.locator("h1")).to_contain_text("off its target of 100.0%")
    expect(chen.locator("tr.total").first).to_contain_text("94.9%")
    expect(chen.locator("[data-chart] svg")).to_have_count(2)
    workbench.axe(chen)
    chen.get_by_role("link", name="Where the month deals with it").click()
    expect(chen.locator("[aria-current=page]").last).to_be_visible()
    assert "business_review" in chen.url


def test_it_reads_in_chinese(workbench: Workbench) -> None:
    chen = workbench.sign_in("chen", "zh", width=1024)
    for address in ("kpi/utilisation_peak/", "kpi/forecast_bias/", "meeting/packet/"):
        workbench.go(chen, address)
        workbench.axe(chen)
        assert chen.evaluate("document.documentElement.scrollWidth <= innerWidth")
