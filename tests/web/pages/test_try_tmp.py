import pytest, re
from sandop.cycle import steps
@pytest.mark.parametrize("language",["en","zh"])
@pytest.mark.parametrize("step",[s.step for s in steps()])
def test_x(step,language,version,client_of):
    c=client_of("eve"); c.cookies["sandop_language"]=language
    r=c.get(f"/c/small/step/{step}/")
    html=r.content.decode()
    open(f"/tmp/shell/{step}-{language}.html","w").write(html)
    assert r.status_code==200
    assert "None" not in html and "nan" not in re.sub(r"<[^>]*>","",html).replace("finance","")
    print(re.findall("<h1>(.*?)</h1>",html), re.findall('class="conclusion">(.*?)<',html), re.findall('<caption>(.*?)<',html))
