"""Hard cases of companies: name | domain | country | place; as with people."""

SAME = """
Backhaus GmbH | backhaus.de | DE |
Backhaus | backhaus.de | DE |

Müller & Söhne GmbH & Co. KG | mueller-soehne.de | DE |
Mueller und Soehne | | DE |

Acme Inc. | acme.com | US |
ACME Incorporated | | US |

Poltech Sp. z o.o. | poltech.pl | PL |
Poltech | poltech.com | PL |

Lumière S.A.R.L. | | FR | 12 rue de la Paix, Paris
Lumiere | lumiere.fr | FR | 12 Rue de la Paix Paris

ООО Ромашка | romashka.ru | RU |
Romashka | romashka.ru | |

Northgate Consultng | northgate.example | GB |
Northgate Consulting Ltd | | GB |

Bright Water Dental | | US |
Brightwater Dental LLC | brightwater.com | US |

The Old Mill Company | oldmill.co.uk | GB |
Old Mill Ltd | oldmill.co.uk | GB |

Harbour Freight | harbourfreight.com | |
Freight Harbour | harbourfreight.com | |
"""
DIFFERENT = """
Kestrel Ltd | kestrel.co.uk | GB |
Kestrel SAS | kestrel-vins.fr | FR |

Acme Bank | | US |
Acme Insurance | | US |

Nova North | | SE |
Nova South | | SE |

Delta | delta.com | US |
Delta | delta.it | IT |

Moor Farm | moorfarm.co.uk | GB |
Moor Foods | moorfoods.co.uk | GB |

Studio 54 | | US |
Studio 45 | | US |

Meridian Energy | meridian.energy | |
Meridian Capital | meridiancapital.example | |

Alba SRL | alba.it | IT |
Alma SRL | alma.it | IT |

Sol | sol.es | ES |
Sole | sole.it | IT |

United Trading | | AE |
Unity Trading | | GB |
"""
HELD_OUT_SAME = """
Werk AG | werk.de | DE |
Werk Aktiengesellschaft | | DE |

Fjord A/S | fjord.dk | DK |
FJORD | fjord.com | DK |

Ridge Holdings, Inc. | ridgeholdings.com | US |
Ridge Holdings | | US |

Shamrock Foods Ltd | shamrockfoods.ie | IE |
Shamrok Foods | shamrockfoods.ie | IE |

Athina SA | athina.gr | GR |
Αθήνα Α.Ε. | athina.gr | GR |

Sun & Moon Ltd. | | GB | 4 High Street, Bath
Sun and Moon | | GB | 4 High Street Bath

Telmark AS | telmark.no | NO |
Telmark | telmark.no | |

Delft B.V. | delft.nl | NL |
Delft BV | | NL |
"""
HELD_OUT_DIFFERENT = """
Stella Pharma | stella-pharma.example | |
Stella Foods | stellafoods.example | |

Bay Ltd | bay.co.uk | GB |
Bay GmbH | bay-werke.de | DE |

Alpen 1 | | AT |
Alpen 2 | | AT |

Pine | pine.io | |
Spine | spine.io | |

Global Logistics Germany | | |
Global Logistics France | | |

Marina Club | marina-club.hr | HR |
Marina Hotel | marina-hotel.hr | HR |

Orion | orion.fi | FI |
Orion | orion.kr | KR |

Santos Ltda | santos.com.br | BR |
Santo Ltda | santo.com.br | BR |
"""
