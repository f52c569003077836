"""What the sheet Next quarter lists."""

from officers import fill
from plans import plan_of
from ragtool import columns as c
from ragtool import rate, write_templates
from small_quarter import return_of


def test_what_is_open_is_carried_forward_where_its_key_action_goes_on(tmp_path):
    actions = [{c.KEY: "K1"}, {c.KEY: "K2", c.ENDS: "2013/14 Q2"}]
    plan_of(
        tmp_path, key_actions=actions, milestones=[{c.KEY: key, c.NO: 1, c.DUE: "2013/14 Q2"} for key in ("K1", "K2")]
    )
    write_templates(tmp_path, "2013/14 Q2")
    fill(return_of(tmp_path), "Milestones", {c.STATUS: "Overdue"}, key="K1")
    results = rate(tmp_path).results
    assert [(step.milestone.key, step.entry.status) for step in results.milestones] == [("K1", "Overdue"), ("K2", None)]
    assert [row.key for row in results.next_quarter] == ["K1"]
