"""Chinese throughout, and English throughout: each role reads the pages they can reach, as both languages write."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from playwright.sync_api import Page, expect
from workbench import Workbench

EVERYTHING = "zhou"  # reads all there is; the others what they work on
OTHERS = ("dong", "shen", "cao", "chen", "sun", "ding")  # demand, supply, finance, GM, sales, viewer
REFERENCE = ("sheet", "report", "masters", "why", "help")  # shows every role the same words
# What a page takes over as somebody typed it or as a machine reads it.
TAKEN_OVER = "script, style, code, kbd, q, textarea, .hash, td[title], th[title], select[name=family] option"
ALSO_TAKEN_OVER = {"masters": "title, h1, table, dl, li, select, input", "settings": "td, summary", "deeds": "td"}
TYPED = (
    "sales_forecast, A|DC|E, 2026-03, 260, 300",  # how a late number is to be typed
    "Mild winter, customer stock is high 暖冬，客户库存偏高",
    "Pumping station tender won 泵站项目中标",
    "Flood season stock agreed 客户确认汛期备货",
)
READ = """([html, taken]) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  const links = [...page.querySelectorAll("a[href]")].map(link => link.getAttribute("href"));
  const spoken = page.documentElement.lang;
  for (const part of page.querySelectorAll(taken)) part.remove();
  for (const part of page.querySelectorAll("[lang]:not(html)")) if (part.lang !== spoken) part.remove();
  const texts = [];
  const walk = page.createTreeWalker(page.documentElement, NodeFilter.SHOW_TEXT);
  for (let text = walk.nextNode(); text; text = walk.nextNode()) texts.push(text.data);
  for (const name of ["title", "placeholder", "aria-label", "alt"])
    for (const part of page.querySelectorAll(`[${name}]:not(span)`)) texts.push(part.getAttribute(name));
  return {spoken, links, texts: texts.map(text => text.trim()).filter(Boolean)};
}"""

# 万 and 亿 are said in English too, where the choice of them is explained.
HAN = re.compile(r"(?![万亿])[㐀-鿿]")
LATIN = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:[&@-][A-Za-z0-9]+)*")
# A month or day as a machine writes it.
AS_STORED = re.compile(r"(?<![\w-])20\d\d-(?:0[1-9]|1[0-2])(?:-\d\d)?(?![\w-])")
AN_ID = re.compile(r"(?=.*\d)[A-Z0-9]+[ab]?|[A-Z0-9]{1,6}(?:[@-][A-Z0-9]+)+|[A-Za-z]|e-\d+")  # DC-E, W05a, B, 1e-11
# What planners write in Latin letters in Chinese, names that have no other, and codes of the company.
ALIKE = """S&OP Pre-S&OP WMAPE MASE FVA NPD PAB ATP MPS RCCP KPI ABC XYZ ABC-XYZ ISO API CSV JSON PDF CN DE
    Sandop Excel RevoGrid Webhook Ctrl Shift Enter Esc Alt Tab Delete Home End Mac KB MB xlsx zip csv https key demo
    kW mm kg IS IH WQ QDX BUY CIR CMP DOM GAR IND MST RAW SET SEW SPA budget_rate"""


@dataclass(frozen=True)
class Reading:
    """A page as its reader sees it, without what it takes over."""

    address: str
    spoken: str
    texts: tuple[str, ...]


def kind_of(address: str) -> tuple[str, ...]:
    """What pages have in common that differ by their figures alone; one of a kind is read."""
    parts = urlsplit(address)
    words = tuple("0" if word.isdigit() else word for word in parts.path.strip("/").split("/"))
    asked = dict(parse_qsl(parts.query)).get("measure", "").split(".")[:2]
    return (*words, *asked) if "why" in words else words


def pages_of(page: Page, first: str, without: Iterable[str] = ()) -> list[Reading]:
    """Every kind of page that can be reached from the first."""
    waiting, known = deque([first]), {kind_of(first)}
    read: list[Reading] = []
    spoken = {"Accept-Language": page.evaluate("navigator.language")}  # what the browser itself asks for
    while waiting:
        address = waiting.popleft()
        answer = page.request.get(address, headers=spoken)
        assert answer.ok, f"{answer.status} {address}"
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        also = (parts for word, parts in ALSO_TAKEN_OVER.items() if f"/{word}/" in address)
        found = page.evaluate(READ, [answer.text(), ", ".join([TAKEN_OVER, *also])])
        read.append(Reading(address, found["spoken"], tuple(map(without_typed, found["texts"]))))
        for link in found["links"]:
            onward = urljoin(address, link).split("#")[0]
            kind = kind_of(onward)
            if onward.startswith(first) and kind not in known and not set(without) & set(kind):
                known.add(kind)
                waiting.append(onward)
    return read


def without_typed(text: str) -> str:
    """The text less what somebody in the company typed."""
    for typed in TYPED:
        text = text.replace(typed, "")
    return text


def english_in(text: str, people: Iterable[str]) -> list[str]:
    """Latin words that a Chinese page does not write."""
    known = {*ALIKE.split(), *people}
    return [word for word in LATIN.findall(text) if word not in known and not AN_ID.fullmatch(word)]


def not_chinese(read: Iterable[Reading], people: Iterable[str]) -> dict[str, str]:
    """Text that is English or written as a machine writes it → where it stands."""
    wrong = {text: one.address for one in read for text in one.texts if english_in(text, people)}
    return wrong | {text: one.address for one in read for text in one.texts if AS_STORED.search(text)}


def not_english(read: Iterable[Reading]) -> dict[str, str]:
    """Text that is Chinese or written as a machine writes it → where it stands."""
    return {text: one.address for one in read for text in one.texts if HAN.search(text) or AS_STORED.search(text)}


def test_chinese_throughout(workbench: Workbench) -> None:
    page = workbench.sign_in(EVERYTHING, "zh")
    read = pages_of(page, workbench.url)
    assert len(read) > 150 and {one.spoken for one in read} == {"zh-Hans"}
    assert not_chinese(read, workbench.people) == {}


def test_english_throughout(workbench: Workbench) -> None:
    page = workbench.sign_in(EVERYTHING, "en")
    read = pages_of(page, workbench.url)
    assert len(read) > 150 and {one.spoken for one in read} == {"en"}
    assert not_english(read) == {}


@pytest.mark.parametrize("person", OTHERS)
def test_each_role_reads_their_work_in_chinese(workbench: Workbench, person: str) -> None:
    page = workbench.sign_in(person, "zh")
    read = pages_of(page, workbench.url, REFERENCE)
    assert len(read) > 50
    assert not_chinese(read, workbench.people) == {}


@pytest.mark.parametrize("person", ("sun", "ding"))
def test_and_in_english(workbench: Workbench, person: str) -> None:
    page = workbench.sign_in(person, "en")
    read = pages_of(page, workbench.url, REFERENCE)
    assert len(read) > 50
    assert not_english(read) == {}


@pytest.mark.parametrize(
    ("language", "money", "month", "large"),
    [("en", "M CNY", "Jan 2026", r"388(\.\d)? M CNY"), ("zh", "元", "2026年1月", r"388(\.\d)?百万元")],
)
def test_money_and_months_are_written_as_the_language_writes_them(
    workbench: Workbench, language: str, money: str, month: str, large: str
) -> None:
    page = workbench.sign_in("zhou", language)
    home = page.locator("main").inner_text()
    assert money in home and re.search(large, home)
    assert month in page.locator("body").inner_text()
    assert ("CNY" in home) == (language == "en")


def test_who_counts_in_wan_reads_wan_everywhere(workbench: Workbench) -> None:
    page = workbench.sign_in("chen", "zh")
    page.locator(".person summary").click()
    with page.expect_navigation():
        page.locator("button[name=large_numbers][value=wan]").click()
    expect(page.locator("main")).to_contain_text(re.compile(r"3\.\d+亿元"))
    assert "百万元" not in page.locator("main").inner_text()


def test_the_grid_speaks_chinese_too(workbench: Workbench) -> None:
    page = workbench.sign_in("dong", "zh")
    workbench.go(page, "plan/1/grid/?measures=sales_forecast")
    expect(page.locator("#grid")).to_be_focused()
    painted = page.locator("main").inner_text()
    assert "年1月" in painted and "2026-01" not in painted
    assert [word for line in painted.splitlines() for word in english_in(line, workbench.people)] == []
