"""What the figures of a contract mean: each as a quotient of counts, with its formula in words.

Tenders use one word for several quotients (呼损率 over all calls or over the answered ones, waiting time of the
answered or of everybody). Which one is meant is a setting of the queue; formulas and simulation both read it here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from roster.staffing.targets import ServiceTargets
from roster.words import Words

Count = Literal[
    "offered", "answered", "in_time", "abandoned", "abandoned_early", "waited_answered_s", "waited_s", "busy_s",
    "on_duty_s",
]  # fmt: skip
"""`in_time`: answered within the threshold; `abandoned_early`: gave up within it; `waited_s`: of everybody."""
COUNTS: tuple[Count, ...] = (
    "offered", "answered", "in_time", "abandoned", "abandoned_early", "waited_answered_s", "waited_s", "busy_s",
    "on_duty_s",
)  # fmt: skip
_NAMED: dict[Count, Words] = {
    "offered": Words("转人工量", "offered"),
    "answered": Words("人工接通量", "answered"),
    "in_time": Words("{within:g} 秒内接通量", "answered within {within:g} s"),
    "abandoned": Words("未接通量", "abandoned"),
    "abandoned_early": Words("{within:g} 秒内放弃量", "abandoned within {within:g} s"),
    "waited_answered_s": Words("接通者等待秒数", "seconds waited by the answered"),
    "waited_s": Words("全部来电等待秒数", "seconds waited by all"),
    "busy_s": Words("服务秒数", "seconds busy with contacts"),
    "on_duty_s": Words("在岗秒数", "seconds on duty"),
}
_IN_SERVICE_TIME = Words("{within:g} 分钟服务时间内开始办理量", "begun within {within:g} min of service time")
_DEFERRED_TITLE = Words("{within:g} 分钟服务时间内办理率", "begun within {within:g} min of service time")
Figure = Literal["answer_rate", "service_level", "loss_rate", "asa_s", "occupancy"]
FIGURES: tuple[Figure, ...] = ("answer_rate", "service_level", "loss_rate", "asa_s", "occupancy")
TITLES: dict[Figure, Words] = {
    "answer_rate": Words("人工接通率", "answer rate"),
    "service_level": Words("{within:g} 秒响应率", "answered within {within:g} s"),
    "loss_rate": Words("呼损率", "loss rate"),
    "asa_s": Words("平均等待时间", "mean wait"),
    "occupancy": Words("坐席占用率", "occupancy"),
}


@dataclass(frozen=True)
class Definition:
    """A figure as `numerator` over `denominator` less `less`; `target` is None where the contract asks for none.

    Shares lie in [0, 1] (a loss rate over the answered may pass 1), waits are in s. `deferred`: `within_s` is time in
    which the queue is open, told in minutes.
    """

    figure: Figure
    numerator: Count
    denominator: Count
    less: Count | None
    target: float | None
    within_s: float
    deferred: bool = False

    @property
    def at_least(self) -> bool:
        """Whether high figures are good."""
        return self.figure in ("answer_rate", "service_level")

    @property
    def title(self) -> Words:
        """The name of the figure."""
        return self._filled(_DEFERRED_TITLE if self.deferred else TITLES[self.figure])

    @property
    def formula(self) -> Words:
        """The quotient in words."""
        top = _IN_SERVICE_TIME if self.deferred else _NAMED[self.numerator]
        bottom = _NAMED[self.denominator]
        less = None if self.less is None else _NAMED[self.less]
        zh = f"{top.zh} ÷ " + (bottom.zh if less is None else f"（{bottom.zh} − {less.zh}）")
        en = f"{top.en} / " + (bottom.en if less is None else f"({bottom.en} - {less.en})")
        return self._filled(Words(zh, en))

    def met(self, value: float) -> bool:
        """Whether a value keeps the target; a queue without contacts (nan) keeps it, and so does one without target."""
        if self.target is None or value != value:
            return True
        return value >= self.target if self.at_least else value <= self.target

    def _filled(self, words: Words) -> Words:
        within = self.within_s / 60 if self.deferred else self.within_s
        return Words(words.zh.format(within=within), words.en.format(within=within))


def definitions(targets: ServiceTargets) -> tuple[Definition, ...]:
    """Every figure as the contract of a queue defines it, in the order of FIGURES.

    Without a threshold (`answer_within_s`) there is no service level. Work that may wait has only the share begun in
    time.
    """
    return tuple(_defined(targets))


def _defined(targets: ServiceTargets) -> Iterator[Definition]:
    within = targets.answer_within_s or 0.0
    if targets.deferrable:
        yield Definition("service_level", "in_time", "offered", None, targets.service_level, within, deferred=True)
        return
    yield Definition("answer_rate", "answered", "offered", None, targets.answer_rate, within)
    if targets.answer_within_s is not None:
        less: Count | None = "abandoned_early" if targets.service_level_over == "patient" else None
        yield Definition("service_level", "in_time", "offered", less, targets.service_level, within)
    yield Definition("loss_rate", "abandoned", targets.loss_over, None, targets.loss_rate, within)
    waited: Count = "waited_answered_s" if targets.asa_over == "answered" else "waited_s"
    yield Definition("asa_s", waited, targets.asa_over, None, targets.asa_s, within)
    yield Definition("occupancy", "busy_s", "on_duty_s", None, targets.occupancy, within)
