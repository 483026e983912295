"""A case that one panel refers to another: it stands before that one in the same act."""

from __future__ import annotations

from caseworker_app.domain.declarations.panels import Panel, PanelItem
from caseworker_app.domain.kinds import kind_of
from caseworker_app.services.staging import Staging

_ITEM, _PANEL = kind_of(PanelItem), kind_of(Panel)


def put_before_the_next(work: Staging, old: PanelItem | None, new: PanelItem) -> None:
    """Put a case before the panel it is referred to, with the same question.

    Nothing is put there where the case stands before that panel with this question already.

    Args:
        work: the action, with the item staged.
        old: the item before; None for a new one.
        new: the item after.
    """
    to = new.referred_to_id
    if to is None or (old is not None and old.referred_to_id == to):
        return
    for staged in work.owned_by(_ITEM, (new.child_id,))[new.child_id]:
        other = staged.after
        if other is not None and (other.panel_id, other.question) == (to, new.question):
            return
    work.one_of(_PANEL, to)
    key = work.unit.allot(_ITEM.name, 1)[0]
    made = PanelItem(panel_id=to, child_id=new.child_id, question=new.question, id=key)
    work.add(made, "panel item, as another panel referred it")
