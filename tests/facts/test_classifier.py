"""The shipped models: read without scikit-learn, same scores as scikit-learn, sense on texts they never saw."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from corpora.access import root
from extractors.facts import classifier
from extractors.facts.classifier import (
    classify_passages,
    classify_stances,
    classify_titles,
    decide,
    load_model,
    relative_years,
    second_opinion,
)
from extractors.training.__main__ import train
from extractors.training.features import shipped
from extractors.training.texts import Sample
from pipeline.errors import ProfileError

KINDS = ("headings", "passages", "stances")
TEXTS = (
    "3.2 钱打哪儿来",
    "第四章　网络安全与数据安全保障体系设计",
    "应用 | 8核32G | 4 台 | 云主机",
    "每天凌晨两点把前一日办结的件送到市里的共享平台，五分钟内到齐。",
    "ＡＰＩ接口采用ＲＥＳＴ方式",
    "",
    "?!…—",
    "𠮷😀\ud83d无",
    "共享" * 1500,
)


def arrays(kind: str) -> dict[str, np.ndarray]:
    with root().joinpath("models", f"{kind}.npz").open("rb") as file, np.load(file, allow_pickle=False) as data:
        return {key: data[key] for key in data.files}


@pytest.mark.parametrize("kind", KINDS)
def test_a_model_file_is_small_and_holds_plain_numbers(kind: str) -> None:
    assert {value.dtype.kind for value in arrays(kind).values()} <= {"i", "u", "f"}
    with root().joinpath("models", f"{kind}.npz").open("rb") as file:
        assert len(file.read()) < 3_000_000


@pytest.mark.parametrize("kind", KINDS)
def test_our_scores_are_those_of_scikit_learns_own_pipeline(kind: str) -> None:
    data = arrays(kind)
    grams = bytes(data["grams"]).decode().split("\n")
    vectorizer = TfidfVectorizer(analyzer=shipped, sublinear_tf=True, vocabulary={g: i for i, g in enumerate(grams)})
    vectorizer.idf_ = data["idf"].astype(np.float64)
    theirs = vectorizer.transform(TEXTS) @ (data["weights"] * data["scale"].astype(np.float64)) + data["bias"]
    ours = np.array([decide(load_model(kind), text) for text in TEXTS])
    assert np.abs(ours - theirs).max() < 1e-3
    assert np.abs(theirs).max() > 1.0  # there is something to compare


@pytest.mark.parametrize("kind", KINDS)
def test_probabilities_are_the_calibrated_scores(kind: str) -> None:
    data = arrays(kind)
    classify = {"headings": classify_titles, "passages": classify_passages, "stances": classify_stances}[kind]
    text = next(text for text in TEXTS if classify([text])[0])
    scores = np.array(decide(load_model(kind), text))
    wanted = 1 / (1 + np.exp(-(scores * data["slope"] + data["offset"])))
    given = classify([text])[0]
    for name, column in load_model(kind).topics:
        assert given.get(name, 0.0) == pytest.approx(wanted[column] if wanted[column] >= 0.05 else 0.0, abs=1e-4)


def test_reading_models_and_scoring_needs_no_heavy_library() -> None:
    code = (
        "import sys; from extractors.facts.classifier import classify_titles, classify_passages;"
        "assert classify_titles(['投资概算'])[0] and classify_passages(['系统部署在县政务云上。'])[0];"
        "print({'numpy', 'sklearn', 'scipy', 'jieba', 'spacy', 'extractors.training'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("set()", "")


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("资金从何处来", "funding"),
        ("要投多少钱", "investment"),
        ("头尾几个月、何时交工", "schedule"),
        ("拟购仪器设备清单", "configuration"),
        ("信创替代与自主可控", "trusted_products"),
        ("兄弟单位的数据怎么拿到手", "sharing"),
        ("哪些能力直接用县里现成的", "intensive_build"),
        ("商密应用与密评安排", "crypto"),
        ("等保几级、怎么测", "mlps"),
        ("系统落在哪朵云", "gov_cloud"),
        ("和县指挥中心如何联动", "command_center"),
        ("为何拖不得", "necessity"),
    ],
)
def test_headings_in_other_words_are_known(title: str, topic: str) -> None:
    assert classify_titles([title])[0].get(topic, 0.0) >= 0.5


@pytest.mark.parametrize(
    "title",
    [
        "学科资源共享栏目", "员工密码策略设置", "商品目录管理", "夜间施工安全", "静态投资回收周期", "项目组人员配置",
        "下级机构信息维护", "考勤绩效管理系统", "首次登录修改密码", "库房消防安全", "诊疗项目目录维护", "值班人员安排",
    ],
)  # fmt: skip
def test_false_friends_announce_nothing(title: str) -> None:
    assert max(classify_titles([title])[0].values(), default=0.0) < 0.5


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("平台跑在全县统一的那朵云上，单位不再添服务器。", "gov_cloud"),
        ("每晚十点把当日办结件推送到市里的数据平台。", "data_convergence"),
        ("残疾人名册给民政局，户籍信息找公安局要。", "sharing.list"),
        ("外单位先提交申请，经科长审核、分管领导批准后三日内开通。", "sharing.process"),
        ("身份证号用国密SM4算法加密后入库。", "crypto.design"),
        ("全部程序源码随验收移交给建设单位。", "source_code"),
        ("请有资质的监理公司全程旁站。", "supervision"),
        ("总共要花三十六万二，其中软件二十万。", "investment"),
        ("每年汛前组织一次断网切换演练。", "responsibility.drill"),
    ],
)
def test_sentences_in_other_words_are_known(text: str, topic: str) -> None:
    assert classify_passages([text])[0].get(topic, 0.0) >= 0.5


@pytest.mark.parametrize(
    "text",
    [
        "忘记密码的用户可通过手机短信重新设置。",
        "我局现有干部四十二人，下设六个股室。",
        "我们将高度重视、精心组织，确保项目取得实效。",
        "数据共享部分待与各单位商量后另行补充。",
        "列表页可按日期和状态筛选，点击可查看详情。",
    ],
)
def test_sentences_that_say_nothing_wanted_are_left_alone(text: str) -> None:
    assert max(classify_passages([text])[0].values(), default=0.0) < 0.5


def test_the_second_opinion_adds_what_patterns_missed_and_doubts_what_they_took() -> None:
    titles = ["资金从何处来", "岗位配置与工资", "投资概算"]
    missed, taken, agreed = second_opinion(titles, [(), ("configuration",), ("investment",)])
    assert "funding" in missed.add
    assert set(taken.drop) == {"configuration"}
    assert (agreed.add, agreed.drop) == ({}, {})


def test_the_second_opinion_never_adds_a_false_friend_nor_a_part_nor_doubts_what_it_was_not_taught() -> None:
    titles = ["密码策略", "共享接口", "目录"]
    said = second_opinion(titles, [(), (), ("no_such_topic",)], add_above=0.0, drop_below=1.0)
    assert not {"crypto", "crypto_plan"} & set(said[0].add)
    assert "sharing" in said[1].add
    assert not [name for opinion in said for name in opinion.add if "." in name]
    assert said[2].drop == {}


def test_a_broken_model_file_is_told_with_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "headings.npz").write_bytes(b"PK nothing")
    monkeypatch.setattr(classifier, "root", lambda: tmp_path)
    load_model.cache_clear()
    try:
        for name in ("headings", "passages"):
            with pytest.raises(ProfileError, match=name):
                load_model(name)
    finally:
        load_model.cache_clear()


def test_training_again_on_a_few_hands_gives_the_same_bytes_and_a_model_that_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = {"funding": "钱款来源", "schedule": "工期进度", "none": "人员名单"}
    samples = tuple(
        Sample(f"{mark}{word}{mark}", frozenset({label} - {"none"}), f"hand{number}")
        for number in range(5)
        for mark in "甲乙丙丁"
        for label, word in words.items()
    )
    monkeypatch.setattr("extractors.training.__main__.load_samples", lambda kind: samples)
    for folder in ("a", "b"):
        train("headings", tmp_path / folder / "models")
    first, second = ((tmp_path / folder / "models" / "headings.npz").read_bytes() for folder in ("a", "b"))
    assert first == second
    monkeypatch.setattr(classifier, "root", lambda: tmp_path / "a")
    load_model.cache_clear()
    try:
        titles = classify_titles(["戊钱款来源", "戊工期进度", "戊人员名单"])
    finally:
        load_model.cache_clear()
    assert [max(found, key=lambda name: found[name], default="none") for found in titles[:2]] == ["funding", "schedule"]
    assert max(titles[2].values(), default=0.0) < 0.5


def test_opinions_are_worked_out_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    likely = classifier._likely
    monkeypatch.setattr(classifier, "_likely", lambda model, text: (asked.append(text), likely(model, text))[1])
    opinions = classify_passages(TEXTS)
    assert len(opinions) == len(TEXTS) and asked == []
    assert opinions[1] == opinions[1] == opinions[1:2][0]
    assert asked == [TEXTS[1]]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("系统部署在县政务云，定为第二级，由我局信息科每年请测评机构测一次。", "plan"),
        ("2019年建的老系统放在局机房的两台服务器上，至今没有备案。", "current"),
        ("邻县水务局的平台去年通过了三级测评，他们的做法在会上介绍过。", "other"),
        ("按照规定，项目建设单位应当同步规划、同步建设、同步运行密码保障系统。", "rule"),
        ("高度重视网络安全工作，全面筑牢安全防线。", "empty"),
        ("共享清单待项目批复后由承建单位另行编制。", "later"),
    ],
)
def test_whose_matter_a_sentence_tells_is_heard(text: str, stance: str) -> None:
    (told,) = classify_stances([text], 2026)
    assert max(told, key=lambda name: told[name]) == stance


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2027年3月启动，2027年11月验收。", "来年3月启动，来年11月验收。"),
        ("2021年建成，2026年改造", "来年建成，来年改造"),
        (
            "国办发〔2021〕11号，终端2010台，1920×1080，运维费1980元",
            "国办发〔2021〕11号，终端2010台，1920×1080，运维费1980元",
        ),
    ],
)
def test_years_are_told_by_the_year_of_submission(text: str, told: str) -> None:
    assert relative_years(text, 2026) == told


def test_a_year_is_past_only_where_the_year_of_submission_is_known() -> None:
    text = "2025年3月启动，2025年11月验收。"
    early, late, unknown = (classify_stances([text], year)[0] for year in (2025, 2026, None))
    assert early.get("current", 0.0) < late["current"]
    assert unknown != late
