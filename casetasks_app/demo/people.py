"""The people of the demo organisation; their passwords are known to everybody who has the source."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody to sign in as; `role` says in a few words what they can be tried for."""

    name: str
    email: str
    password: str
    role: str
    teams: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    is_administrator: bool = False


def _person(name: str, role: str, *teams: str, leads: tuple[str, ...] = ()) -> DemoPerson:
    first, last = name.lower().split()
    return DemoPerson(name, f"{first}.{last}@example.org", f"{first}-{last}-demo", role, teams, leads)


PRIYA = _person("Priya Shah", "case manager, planning enforcement", "planning-enforcement", leads=("planning-enforcement",))
MARCUS = _person("Marcus Bell", "case manager, building control and planning", "planning-enforcement", "building-control")
GRACE = _person("Grace Okafor", "case manager, housing repairs", "housing-services", leads=("housing-services",))
DANIEL = _person("Daniel Hughes", "case manager, housing repairs", "housing-services")
HELEN = _person("Helen Carter", "case manager, licences and noise", "public-protection", leads=("public-protection",))
TOM = _person("Tom Ellis", "site officer", "site-officers")
ANA = _person("Ana Ruiz", "site officer, lead of the team", "site-officers", leads=("site-officers",))
JOE = _person("Joe Wilkins", "building surveyor", "surveyors")
FATIMA = _person("Fatima Noor", "building surveyor, lead of the team", "surveyors", leads=("surveyors",))
OWEN = _person("Owen Price", "legal services, lead of the team", "legal-services", leads=("legal-services",))
RUTH = _person("Ruth Adeyemi", "finance", "finance", leads=("finance",))
SAM = DemoPerson("Sam Turner", "sam.turner@example.org", "sam-turner-demo", "administrator", is_administrator=True)

PEOPLE = (PRIYA, MARCUS, GRACE, DANIEL, HELEN, TOM, ANA, JOE, FATIMA, OWEN, RUTH, SAM)
