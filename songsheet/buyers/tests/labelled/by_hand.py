"""Hard cases of people, written by hand. `HELD_OUT` were written before any weight was tried; none was fitted
to them.

A record is a line: name | mails | phones | company | domain | place; a pair is two lines.
"""

SAME = """
J. Smith | j.smith@northgate.example | | Northgate Ltd | northgate.example |
Jane Smith | jane.smith@northgate.example | +44 117 496 0142 | Northgate | northgate.example |

Müller, Hans | | 030 901820 | Backhaus GmbH | |
Hans Mueller | h.mueller@backhaus.example | +4930901820 | Backhaus | backhaus.example |

Bob Carter | bob.carter+crm@gmail.com | | | |
Robert Carter | bobcarter@gmail.com | | | |

Юлия Иванова | | +7 495 123 45 67 | ООО Ромашка | |
Yulia Ivanova | yulia@romashka.example | 8 495 1234567 | Romashka | romashka.example |

Γιώργος Παπαδόπουλος | g.papadopoulos@athina.example | | Athina SA | athina.example |
Giorgos Papadopoulos | | | Athina S.A. | athina.example |

Okafor Suzanne | s.okafor@brightwater.example | | Brightwater Dental | brightwater.example |
Suzanne Okafor | suzanne.okafor@brightwater.example | | Brightwater Dental Inc. | brightwater.example |

Kathrine Jonson | k.jonson@telmark.example | | Telmark AS | telmark.example |
Katherine Johnson | k.johnson@telmark.example | | Telmark | telmark.example |

Dr. Anna-Lena Schäfer | anna.schaefer@klinik.example | | Klinik Nord | klinik.example |
Anna Schaefer | | | Klinik Nord gGmbH | klinik.example |

Mike O'Brien | mobrien@harbour.example | | Harbour Freight | harbour.example |
Michael OBrien | michael.obrien@harbour.example | | Harbour Freight LLC | harbour.example |

 | jane.doe@acme.example | | | acme.example |
Jane Doe | jane.doe+webinar@acme.example | | Acme | acme.example |

Sofia García López | sofia.garcia@rios.example | | Ríos S.L. | rios.example |
Sofia Garcia | sgarcia@rios.example | | Rios | rios.example |

Liz Turner | liz.turner@oldmill.example | | Old Mill | oldmill.example |
Elizabeth Turner | e.turner@oldmill.example | +44 20 7946 0018 | Old Mill Ltd | oldmill.example |

Tom Baker | tom.baker@gmail.com | +1 555 010 4477 | | |
Thomas Baker | | (555) 010-4477 | Baker & Sons | |

Wójcik Łukasz | lukasz@poltech.example | | Poltech Sp. z o.o. | poltech.example |
Lukasz Wojcik | lukasz.wojcik@poltech.example | | Poltech | poltech.example |

Jon Smyth | jon.smyth@kestrel.example | | Kestrel | kestrel.example |
John Smith | jon.smyth+news@kestrel.example | | Kestrel Ltd | kestrel.example |

Renée Dubois | renee.dubois@lumiere.example | 01 42 68 53 00 | Lumière SARL | lumiere.example |
Renee Dubois | | +33 1 42 68 53 00 | Lumiere | |

Peter van der Berg | p.vanderberg@delft.example | | Delft BV | delft.example |
P. Berg | | +31 15 278 9111 | Delft B.V. | delft.example |

Ingrid Sørensen | ingrid@fjord.example | | Fjord A/S | fjord.example |
Ingrid Sorensen | ingrid.soerensen@fjord.example | | Fjord | fjord.example |
"""

DIFFERENT = """
Jane Smith | jane.smith@northgate.example | | Northgate | northgate.example |
Jane Smith | jane.smith@bluepeak.example | | Bluepeak | bluepeak.example |

Anna Weber | familie.weber@gmx.de | +49 89 4523 1100 | | |
Thomas Weber | familie.weber@gmx.de | +49 89 4523 1100 | | |

Peter Long | p.long@harbour.example | +44 20 7946 0000 | Harbour | harbour.example |
Mary Short | m.short@harbour.example | +44 20 7946 0000 | Harbour | harbour.example |

John Smith Sr | john.smith@oak.example | +1 555 010 2000 | Oak Farm | oak.example |
John Smith Jr | johnny@oak.example | +1 555 010 2000 | Oak Farm | oak.example |

 | info@acme.example | +44 117 496 0000 | Acme | acme.example |
Jane Doe | info@acme.example | +44 117 496 0000 | Acme | acme.example |

Maria Rossi | maria@gmail.com | | | |
Mario Rossi | mario@gmail.com | | | |

David Brown | david.brown1@gmail.com | | | |
David Brown | david.brown7@gmail.com | | | |

Wei Chen | wei.chen@lotus.example | | Lotus | lotus.example |
Wei Zhang | wei.zhang@lotus.example | | Lotus | lotus.example |

Jane Smith | jane.smith@oldmill.example | | Old Mill | oldmill.example |
John Smith | john.smith@oldmill.example | | Old Mill | oldmill.example |

Paul Martin | paul@lumiere.example | | Lumiere | lumiere.example |
Martin Paulsen | martin@fjord.example | | Fjord | fjord.example |

Ali Khan | ali.khan@east.example | | East Trading | east.example |
Ali Khan | ali.khan@west.example | +44 20 7946 0555 | West Trading | west.example |

Emma Jones | emma.jones@kestrel.example | | Kestrel | kestrel.example |
Emily Jones | emily.jones@kestrel.example | | Kestrel | kestrel.example |

Sam Lee | sam.lee@outlook.com | | | |
Sam Lee | samlee88@yahoo.com | | Leeway | |

 | | +44 20 7946 0000 | Harbour | |
 | | +44 20 7946 0000 | Harbour | |

Nina Novak | nina@adria.example | | Adria | adria.example |
Nina Novakova | nina.n@bohemia.example | | Bohemia | bohemia.example |

Chris Evans | chris@dale.example | | Dale | dale.example |
Christine Evans | christine.evans@moor.example | | Moor | moor.example |
"""

HELD_OUT_SAME = """
A. Kowalski | a.kowalski@stal.example | | Stal S.A. | stal.example |
Adam Kowalski | adam.kowalski@stal.example | | Stal | stal.example |

Bill Thompson | bthompson@ridge.example | +1 555 010 9911 | Ridge Inc | ridge.example |
William Thompson | william@ridge.example | 555-010-9911 | Ridge | ridge.example |

Jürgen Groß | juergen.gross@werk.example | | Werk AG | werk.example |
Juergen Gross | j.gross@werk.example | | Werk Aktiengesellschaft | werk.example |

Сергей Петров | s.petrov@volga.example | | Волга | volga.example |
Sergei Petrov | sergey.petrov@volga.example | | Volga | volga.example |

Nguyen Thi Lan | lan.nguyen@saigon.example | | Saigon Co | saigon.example |
Lan Nguyen | lan.nguyen+sales@saigon.example | | Saigon | saigon.example |

Catherine Moore | cathy.moore@gmail.com | | Moore Design | |
Cathy Moore | cathymoore@googlemail.com | | | |

Fiona Mc Donald | fiona@glen.example | 0141 496 0333 | Glen | glen.example |
Fiona McDonald | fiona.mcdonald@glen.example | +44 141 496 0333 | Glen Ltd. | glen.example |

Roberto Sanchez | r.sanchez@sol.example | | Sol SA | sol.example |
Roberto Sánchez Pérez | | +34 91 555 0101 | Sol | sol.example |

Daniela Hoffmann | d.hoffmann@rhein.example | | Rhein Logistik | rhein.example |
Daniela Hofmann | daniela.hofmann@rhein.example | | Rhein Logistik GmbH | rhein.example |

Kim Larsen | kim.larsen@norden.example | | Norden | norden.example |
Larsen, Kim | kim@norden.example | +45 33 12 45 67 | Norden ApS | norden.example |

Pat O'Neill | patrick.oneill@shamrock.example | | Shamrock | shamrock.example |
Patrick ONeill | | +353 1 496 0222 | Shamrock Ltd | shamrock.example |

Steve Wright | steven.wright@yahoo.com | 0161 496 0777 | | |
Steven Wright | | +44 161 496 0777 | | |
"""

HELD_OUT_DIFFERENT = """
Laura Bianchi | l.bianchi@stella.example | | Stella | stella.example |
Luca Bianchi | lu.bianchi@stella.example | | Stella | stella.example |

Mark Taylor | mark.taylor@ridge.example | | Ridge | ridge.example |
Mark Taylor | mark.taylor@bay.example | | Bay | bay.example |

Eva Horvath | horvath.family@freemail.example | +36 1 555 0101 | | |
Gabor Horvath | horvath.family@freemail.example | +36 1 555 0101 | | |

Andrea Conti | a.conti@sole.example | +39 06 555 0000 | Sole | sole.example |
Bruno Gallo | b.gallo@sole.example | +39 06 555 0000 | Sole | sole.example |

Li Wang | li.wang@gmail.com | | | |
Li Wang | wangli1990@qq.com | | | |

Karl Meier | karl.meier@alpen.example | | Alpen | alpen.example |
Karin Meier | karin.meier@alpen.example | | Alpen | alpen.example |

George Hill III | ghill@estate.example | | Estate | estate.example |
George Hill Sr | george.hill@estate.example | | Estate | estate.example |

Sales Team | sales@dale.example | | Dale | dale.example |
Nora Dale | sales@dale.example | | Dale | dale.example |

Olga Smirnova | olga@volga.example | | Volga | volga.example |
Oleg Smirnov | oleg@volga.example | | Volga | volga.example |

Tim Cole | tim.cole@ember.example | | Ember | ember.example |
Tom Cole | tom.cole@ember.example | | Ember | ember.example |

Juan Perez | juan.perez@madrid.example | | Madrid | madrid.example |
Juan Lopez | juan.lopez@madrid.example | | Madrid | madrid.example |

Grace Kim | grace.kim@seoul.example | | Seoul Foods | seoul.example |
Grace Kim | gkim@busan.example | | Busan Foods | busan.example |
"""


def pairs(text: str) -> list[tuple[list[str], list[str]]]:
    """The pairs of a block of lines."""
    found = []
    for pair in text.strip("\n").split("\n\n"):
        one, other = ([part.strip() for part in line.split("|")] for line in pair.split("\n"))
        found.append((one, other))
    return found
