"""The field's code lists: primary needs, kinds of setting, ethnicities, review outcomes.

Source: SEN2 code sets (SENtype, SENsetting, Ethnicity, UPNunknown, CeaseReason, ReviewOutcome).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

NEEDS: Mapping[str, str] = MappingProxyType(
    {
        "ASD": "Autistic spectrum disorder",
        "SLCN": "Speech, language and communication needs",
        "SEMH": "Social, emotional and mental health",
        "MLD": "Moderate learning difficulty",
        "SLD": "Severe learning difficulty",
        "PMLD": "Profound and multiple learning difficulty",
        "SPLD": "Specific learning difficulty",
        "HI": "Hearing impairment",
        "VI": "Visual impairment",
        "MSI": "Multi-sensory impairment",
        "PD": "Physical disability",
        "DS": "Down syndrome",
        "OTH": "Other difficulty or disability",
        "NSA": "SEN support but no specialist assessment of type of need",
    }
)

SETTING_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "early_years": "Early years",
        "infant": "Infant school",
        "junior": "Junior school",
        "first": "First school",
        "middle": "Middle school",
        "primary": "Primary school",
        "secondary": "Secondary school",
        "all_through": "All-through school",
        "special": "Special school",
        "post16": "Further education college",
        "none": "No setting",
    }
)

ETHNICITIES: Mapping[str, str] = MappingProxyType(
    {
        "WBRI": "White British",
        "WIRI": "Irish",
        "WIRT": "Traveller of Irish heritage",
        "WROM": "Gypsy or Roma",
        "WOTH": "Any other White background",
        "MWBC": "White and Black Caribbean",
        "MWBA": "White and Black African",
        "MWAS": "White and Asian",
        "MOTH": "Any other Mixed background",
        "AIND": "Indian",
        "APKN": "Pakistani",
        "ABAN": "Bangladeshi",
        "CHNE": "Chinese",
        "AOTH": "Any other Asian background",
        "BCRB": "Black Caribbean",
        "BAFR": "Black African",
        "BOTH": "Any other Black background",
        "OOTH": "Any other ethnic group",
        "REFU": "Refused",
        "NOBT": "Information not yet obtained",
    }
)
"""The main codes (Ethnicity); the extended ones roll up to these."""

UPN_UNKNOWN: Mapping[str, str] = MappingProxyType(
    {
        "UN1": "Under six and no UPN yet",
        "UN2": "Never attended a state-funded school in England",
        "UN3": "Educated outside England and no earlier UPN",
        "UN5": "Sources disagree on name or date of birth",
        "UN8": "Became known in the last week of the collection period",
        "UN9": "Never at a state school or in further education",
        "UN10": "No further action before UPN or ULN became known",
    }
)
"""Why neither UPN nor ULN is known (UPNunknown); UN4, UN6 and UN7 are of other returns."""

SEN2_SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        "OLA": "Arranged by the council otherwise than in school",
        "OPA": "Arranged by the parent or young person, not elective home education",
        "EHE": "Elective home education",
        "EYP": "Early years provider without a URN",
        "OTH": "Other, or a type of setting alone",
        "NEET": "Not in education, employment or training",
        "NIEC": "Not in education: notice to cease issued",
        "NIEO": "Not in education: other",
    }
)
"""Where there is no setting with a number (SENsetting)."""

NAMED_IN_PLAN: Mapping[str, str] = MappingProxyType(
    {"named": "Named", "type": "Type only", "not named": "Not named"}
)

REVIEW_OUTCOMES: Mapping[str, str] = MappingProxyType(
    {"maintain": "Maintain", "amend": "Amend", "cease": "Cease"}
)

CEASE_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "1": "Reached maximum age",
        "2": "Needs met without a plan",
        "3": "Moved to higher education",
        "4": "Moved to paid work",
        "5": "Moved to another authority in England",
        "6": "No longer wishes to engage",
        "7": "Left England",
        "8": "Died",
        "9": "Other",
    }
)
