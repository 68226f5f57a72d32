"""Pictures of plans and answers, as matplotlib figures with Chinese or English labels.

Every function gives back a `matplotlib.figure.Figure`, which notebooks show and `save` writes; same data, same bytes.
``language`` is ``"zh"`` (the default; needs a Chinese font, which is looked for) or ``"en"``. ImportError without
matplotlib, RuntimeError without a Chinese font where one is needed; both say what to install.

>>> import countyplan
>>> plan = countyplan.generate(base="invented", counties=3, seed=1)
>>> picture = countyplan.plot.coverage(plan, countyplan.allocate(plan), language="en")
>>> len(picture.axes[0].get_yticklabels())
3
"""

from ._compare import comparison, gap, pareto, trade_off
from ._people import coverage, staffing
from ._style import save
from ._time import burn_up, earned_value, gantt

__all__ = [
    "burn_up",
    "comparison",
    "coverage",
    "earned_value",
    "gantt",
    "gap",
    "pareto",
    "save",
    "staffing",
    "trade_off",
]
