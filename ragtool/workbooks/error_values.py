"""What a formula's error is stored as, and what it looks like as a text, in the languages of spreadsheet programs."""

from __future__ import annotations

ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}  # fmt: skip
"""The error codes of .xls and .xlsb. Source: [MS-XLS] 2.5.10, [MS-XLSB] 2.5.97.2."""

NEWER = "#SPILL! #CALC! #ERROR! #BUSY! #FIELD! #BLOCKED! #CONNECT! #UNKNOWN! #EXTERNAL! #PYTHON! #TIMEOUT!"
"""Errors of newer versions and of Google Sheets, in English."""

OF_LANGUAGES = {
    "Croatian": "#VRIJEDNOST! #BROJ! #DIJ/0! #NAZIV? #N/D",
    "Czech": "#HODNOTA! #ČÍSLO! #DĚLENÍ_NULOU! #NÁZEV? #NENÍ_K_DISPOZICI #ODKAZ! #PRESAH! #PŘESAH!",
    "Danish": "#VÆRDI! #NUMMER! #DIVISION/0! #NAVN? #I/T #REFERENCE! #NUL! #OVERLØB!",
    "Dutch": "#WAARDE! #GETAL! #DEEL/0! #NAAM? #N/B #VERW! #LEEG! #OVERLOOP!",
    "Finnish": "#ARVO! #LUKU! #JAKO/0! #NIMI? #PUUTTUU! #VIITTAUS! #TYHJÄ! #LEVITTYMINEN!",
    "French": "#VALEUR! #NOMBRE! #NOM? #NUL! #EPARS! #PROPAGATION! #CALCUL! #CHAMP!",
    "German": "#WERT! #ZAHL! #NV #BEZUG! #ÜBERLAUF! #KALK! #DATEN_ABRUFEN #FELD! #BLOCKIERT! #UNBEKANNT!",
    "Greek": "#ΤΙΜΗ! #ΑΡΙΘ! #ΔΙΑΙΡ./0! #ΟΝΟΜΑ? #Δ/Υ #ΑΝΑΦ! #ΚΕΝΟ!",
    "Hungarian": "#ÉRTÉK! #SZÁM! #ZÉRÓOSZTÓ! #NÉV? #HIÁNYZIK #HIV! #NULLA! #KIBONTÁS!",
    "Italian": "#VALORE! #NOME? #N/D #RIF! #NULLO! #ESPANSIONE! #CAMPO!",
    "Norwegian": "#VERDI! #NAVN? #NAMN? #I/T #OVERFLYT! #BEREKN! #FELT! #BLOKKERT! #EKSTERN!",
    "Polish": "#ARG! #LICZBA! #DZIEL/0! #NAZWA? #N/D! #ADR! #ZERO! #ROZLANIE! #BŁĄD!",
    "Portuguese": "#VALOR! #NÚM! #NOME? #N/D #NULO! #DESPEJAR! #TRANSPOSIÇÃO!",
    "Romanian": "#VALOARE! #NUME? #NUL!",
    "Russian": "#ЗНАЧ! #ЧИСЛО! #ДЕЛ/0! #ИМЯ? #Н/Д #ССЫЛКА! #ПУСТО! #ПЕРЕНОС!",
    "Slovak": "#HODNOTA! #ČÍSLO! #DELENIENULOU! #NÁZOV? #NEDOSTUPNÝ #ODKAZ! #NEPLATNÝ!",
    "Slovenian": "#VREDN! #ŠTEV! #DEL/0! #IME? #N/V #SKLIC! #NIČ!",
    "Spanish": "#¡VALOR! #¡NUM! #¡DIV/0! #¿NOMBRE? #N/D #¡REF! #¡NULO! #¡DESBORDAMIENTO! #¡CALC!",
    "Swedish": "#VÄRDEFEL! #OGILTIGT! #DIVISION/0! #NAMN? #SAKNAS! #REFERENS! #SKÄRNING!",
    "Turkish": "#DEĞER! #SAYI! #SAYI/0! #AD? #YOK #BAŞV! #BOŞ! #TAŞMA!",
}
"""The errors of Excel in other languages, as far as they are known; those that are as in English aren't named again.
They are listed, since a hashtag such as #PLYMOUTH! has the same shape.
"""

ERROR_TEXTS = frozenset(" ".join((*ERRORS.values(), NEWER, *OF_LANGUAGES.values())).split())
"""What errors look like, as they come through a program that keeps texts only."""
