"""How a process that answers looks for garbage."""

import gc

#: So many more things made than dropped, and the new ones are looked through. A page makes some thousand, a
#: batch of the API a hundred thousand; nearly all of them end by themselves.
YOUNG = 50_000


def settle() -> None:
    """What stands by now stays for good and is not looked through again; what comes, seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 20)
