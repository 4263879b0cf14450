"""The model card: what the models were taught, how well they do on hands they never saw, and what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractors.training.comparison import compare
from extractors.training.figures import by_label, reliability, summarize
from extractors.training.fitting import FEWEST, FOLDS, STRENGTH, Array, Table
from extractors.training.texts import Sample, label_titles, stance_titles

TITLES = {
    "headings": "标题模型（headings.npz）",
    "passages": "语句模型（passages.npz）",
    "stances": "所指模型（stances.npz）",
}
HEAD = """# 模型卡：标题和语句的主题分类，语句的所指

本卡由训练命令生成，请勿手工修改。命令（在仓库根目录，随机种子固定，结果逐字节可重复）：

    python -m extractors.training              # 训练、交叉验证并写出模型文件和本卡
    python -m extractors.training --ablation   # 另外重做特征比较

- 用途：词库模式之后的第二意见，指出模式没有认出的标题和换了说法的语句，或对模式认出的提出怀疑。所指模型判断一句话
  说的是谁的事：本项目的安排、单位的现状或往事、别人的事、规定和常识、口号引言、推后或空缺；确实不是本项目的，不作依据。
- 方法：文本折叠（NFKC、去空白、小写、数字归一、去掉编号）后取单字和相邻两字，TF-IDF，每个主题一个逻辑回归
  （正则化强度的倒数C：标题{headings:g}，语句{passages:g}，所指{stances:g}，以在未见手笔上最好者为准），Platt校准并向总体收缩。权重以一个字节存放，文件只含数组，不含pickle；推断只用标准库。
- 数据：corpora/training下的标注文本，全部为本项目自行撰写，每个文件一种“手笔”（单位类型和文风），
  不取自任何真实申报材料。
- 验证：按文件分组的{folds}折交叉验证，被测文本的手笔在训练时从未出现；校准参数也只用其余各折。
  样本少于{fewest}条的主题不教。
- 局限：标注是一个作者的判断；真实材料的文风比训练文本更杂；同一说法换成少见的行业词时会漏；表格行只教了常见的列。
  训练文本中说到某主题的比例高于真实材料，各模型都不看上下文：否定要另由词库判断，一句话没有线索说明是谁的事，
  所指模型也无从得知。所指模型学习和判断时，句中的年份只分为报送年以前的和以后的。
- 采用门槛：标题补上≥0.7（词库的not_section一律否决）、≥0.95时不再要求正文佐证；语句作为“换了说法”的证据取≥0.8，
  所指几乎必是本项目的取≥0.6，组成部分取≥0.85；达到0.9的，不再要求句中有该主题必需的词。
  没有一句达到时，同一节里有两句以上≥0.2、其中一句≥0.5的，也算说到：误认的语句多是孤零零的一句。所指：非本项目各类概率之和减去“本项目”的概率
  ≥0.75时不作依据，在以该主题为题的章节里取≥0.9；升级、续建、改建、运维、购买服务项目不以“现状”为由排除。
"""
ABLATION = (
    "结论：单字和相邻两字最好，或与最好的相差不到半个百分点，特征最少；jieba词（无论有无领域词典）单用时召回下降，"
    "更长的字串、并入的jieba词和spaCy的字形标志带来的都不到半个百分点，不值得为它推迟启动。因此只采用单字和相邻两字。"
)


@dataclass(frozen=True, slots=True)
class Trained:
    """What the training of a kind gave: samples, labels, cross-validated probabilities, bytes and features."""

    kind: str
    samples: tuple[Sample, ...]
    table: Table
    probability: Array
    size: int
    features: int


def render_card(results: Sequence[Trained], compared: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """The card as Markdown."""
    parts = [HEAD.format(**STRENGTH, folds=FOLDS, fewest=FEWEST)]
    for result in results:
        parts += [_overview(result), _ablation(compared.get(result.kind, ()))]
        parts.append(compare(result.kind, result.samples, result.table, result.probability))
        parts += [_labels(result), _bins(result)]
    return "\n".join(part for part in parts if part)


def _overview(result: Trained) -> str:
    hands = Counter(sample.hand for sample in result.samples)
    nothing = sum(not sample.labels for sample in result.samples)
    rows = [f"\n## {TITLES[result.kind]}\n"]
    rows.append(
        f"{len(result.samples)}条标注文本，其中{nothing}条不属于任何主题；{len(hands)}种手笔："
        + "、".join(f"{hand} {count}" for hand, count in sorted(hands.items()))
        + f"。{len(result.table.names)}个主题和要素，{result.features}个特征，文件{result.size / 1024:.0f} KB。\n"
    )
    rows.append("| 门槛 | 准确率 | 召回率 | F1 | 各主题F1均值 | 无主题文本误报 |\n|---|---|---|---|---|---|")
    for threshold in (0.3, 0.5, 0.7, 0.9):
        s = summarize(result.probability, result.table.truth, threshold)
        m = s.micro
        rows.append(
            f"| {threshold} | {m.precision:.3f} | {m.recall:.3f} | {m.f1:.3f} | {s.macro:.3f} | {s.alarms:.3f} |"
        )
    return "\n".join(rows) + "\n"


def _ablation(rows: Sequence[Mapping[str, Any]]) -> str:
    if not rows:
        return ""
    out = [f"### 特征比较（门槛0.5，同样的分组折；{rows[0]['samples']}条文本，样本多时取其中一部分手笔）\n"]
    out.append("| 特征 | 准确率 | 召回率 | F1 | 各主题F1均值 | 无主题误报 | 对数损失 |\n|---|---|---|---|---|---|---|")
    keys = ("precision", "recall", "f1", "macro_f1", "alarms", "loss")
    out += [f"| {row['features']} | " + " | ".join(f"{row[key]:.3f}" for key in keys) + " |" for row in rows]
    return "\n".join([*out, "", ABLATION]) + "\n"


def _labels(result: Trained) -> str:
    titles = label_titles() | stance_titles()
    out = ["### 各主题（门槛0.5）\n", "| 主题 | 名称 | 样本 | 准确率 | 召回率 | F1 |\n|---|---|---|---|---|---|"]
    for name, m in by_label(result.probability, result.table).items():
        out.append(f"| {name} | {titles[name]} | {m.support} | {m.precision:.2f} | {m.recall:.2f} | {m.f1:.2f} |")
    return "\n".join(out) + "\n"


def _bins(result: Trained) -> str:
    out = ["### 校准\n", "| 概率区间 | 判断数 | 平均概率 | 实际为真 |\n|---|---|---|---|"]
    for low, high, count, mean, share in reliability(result.probability, result.table.truth):
        out.append(f"| {low:.2f}—{high:.2f} | {count} | {mean:.3f} | {share:.3f} |")
    return "\n".join(out) + "\n"
