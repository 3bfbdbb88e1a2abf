"""Given names that are one name: each line is a name and what its bearers are called."""

from songsheet.buyers.matching.letters import sounded

_LINES = """
alexander alex sandy sasha al xander aleksandr alexandr
alexandra alex sandra sasha aleksandra
abigail abby
albert al bert
andrew andy drew
anthony tony
antonio tony toni
barbara barb
benjamin ben benny
bernard bernie
catherine kate cathy katie kathy katherine kathryn cat
charles charlie chuck
christina tina chris christine
christopher chris kit
daniel dan danny
david dave
deborah debbie deb debra
dmitri dima dmitry dimitri
dorothy dot
douglas doug
edward ed eddie ted ned
eleanor ellie nell
elizabeth liz beth lizzie betty eliza elisabeth
eugene gene
frances fran
francis frank
francisco paco
franklin frank
frederick fred freddie friedrich
gabriel gabe
gerald gerry jerry
gregory greg
hannah hanna
heinrich heinz
henry harry hank
ivan vanya
jacob jake
james jim jimmy jamie
jeffrey jeff geoffrey geoff
jennifer jen jenny
jessica jess
johannes hannes hans
john jack johnny jon
jonathan jon jonny
jose pepe
joseph joe joey
josephine jo josie
joshua josh
judith judy
kenneth ken kenny
kristina tina
lawrence larry laurence
leonard leo len
leonardo leo
louis lou louie lewis
manuel manny manolo
margaret maggie meg peggy marge margarita greta
maria marie mia
matthew matt matthias
maximilian max
michael mike mick mikhail misha michel
natalia natasha natalie
nicholas nick nicky nico nicolas nikolai
olivia liv
pamela pam
patricia pat patty trish
patrick pat paddy
penelope penny
peter pete
philip phil phillip philippe
raymond ray
rebecca becky becca
richard rick dick ricky rich
robert bob rob bobby robbie bert
roberto beto
ronald ron
samuel sam sammy
samantha sam
sebastian seb bastian
sergei serge sergey
stephen steve steven stefan stephan
steven steve
susan sue susie suzanne susanne suzie
teresa terry theresa tess
theodore ted theo
thomas tom tommy
timothy tim
valerie val
victoria vicky tori
vincent vince vinny
vladimir vlad vova volodymyr
walter walt wally
william bill will billy liam willy
wilhelm willi
yekaterina katya ekaterina
zachary zach
"""
_OF: dict[str, set[str]] = {}
for _name, *_others in (line.split() for line in _LINES.split("\n") if line):
    for _one in (_name, *_others):
        _OF.setdefault(sounded(_one), set()).add(_name)


def same_name(one: str, other: str) -> bool:
    """Whether two given names, as they sound, may be one."""
    return bool(_OF.get(one, set()) & _OF.get(other, set()))


def root_of(name: str) -> str:
    """One name for all that it is called, where that is clear; for looking up."""
    found = _OF.get(name, set())
    return sounded(min(found)) if len(found) == 1 else name
