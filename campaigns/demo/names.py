"""What the invented people are called: names as in Swedish member lists, by when people were born."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Pool:
    """Names that go together: women's and men's given names, and surnames."""

    women: tuple[str, ...]
    men: tuple[str, ...]
    last: tuple[str, ...]


def _pool(women: str, men: str, last: str = "") -> Pool:
    return Pool(tuple(women.split()), tuple(men.split()), tuple(last.split()))


_BORN_BEFORE = {
    1950: _pool(
        "Ingrid Margareta Birgitta Kerstin Gunilla Inger Barbro Ulla Siv Maj-Britt Anita Solveig Gunvor "
        "Elsa Gudrun Berit Märta",
        "Lars Bengt Karl-Erik Nils Sven Kjell Rolf Lennart Stig Gösta Åke Arne Bertil Kurt Sture Rune "
        "Börje Göte Tage",
    ),
    1970: _pool(
        "Lena Eva Annika Marie Christina Helena Susanne Anneli Carina Åsa Ann-Christin Pia Yvonne "
        "Ulrika Agneta Monica Renée",
        "Anders Per Mikael Peter Thomas Jan Ulf Håkan Leif Mats Göran Roger Kent Hans Torbjörn Jörgen "
        "Conny Örjan Stefan",
    ),
    1990: _pool(
        "Sara Jenny Linda Malin Johanna Sofia Emma Hanna Josefin Frida Ida Sandra Therése Elin Karolina "
        "Lisa Jessica Maria",
        "Johan Andreas Fredrik Daniel Mattias Henrik Marcus Jonas Erik Patrik Niklas David Magnus Björn "
        "Jimmy Tobias Linus",
    ),
    9999: _pool(
        "Alva Ebba Wilma Linnéa Moa Tuva Klara Saga Matilda Tilda Felicia Alice Julia Nora Agnes Freja "
        "Isabelle Maja Hilda",
        "Oscar Viktor Simon Anton Filip Axel Hugo Albin Rasmus Melker Arvid Elias Noah Love Vidar "
        "Alfred Gustav Isak Måns",
    ),
}
_SURNAMES = _pool(
    "",
    "",
    """
    Andersson Johansson Karlsson Nilsson Eriksson Larsson Olsson Persson Svensson Gustafsson
    Pettersson Jonsson Jansson Hansson Bengtsson Jakobsson Magnusson Olofsson Axelsson Fredriksson
    Danielsson Håkansson Mårtensson Göransson Lindberg Lindström Lindqvist Lindgren Berglund Bergström
    Lundgren Lundqvist Sandberg Forsberg Sjöberg Engström Eklund Nyström Holmgren Söderberg Nordström
    Hedlund Norberg Åberg Öberg Öhman Åström Sundin Sjödin Näslund Edlund Hägglund Skoglund Rönnqvist
    Åkerlund Grönlund Byström Hedman Westin Moberg Dahlin Frisk Nordin Selin Hed Rask Ståhl
    """,
).last
_DOUBLE = (
    "Berg Lindqvist",
    "Öhman Hed",
    "von Essen",
    "af Ekenstam",
    "Sjödin-Rask",
    "O'Connor",
    "Hjelm-Åberg",
    "de Wahl",
)
_ORIGINS = (
    _pool("Aino Päivi Ritva Tuula", "Pekka Matti Juha Seppo", "Virtanen Korhonen Mäkinen Hämäläinen"),
    _pool(
        "Małgorzata Agnieszka Ewa Zofia",
        "Paweł Łukasz Marek Wojciech",
        "Kowalczyk Nowak Wiśniewski Zieliński",
    ),
    _pool("Jasmina Azra Snežana Dženana", "Miloš Đorđe Emir Siniša", "Petrović Hadžić Kovačević Jurić"),
    _pool("Shirin Maryam Azadeh Parisa", "Reza Hassan Dariush Kaveh", "Karimi Rahimi Ahmadi Hosseini"),
    _pool("Nour Layla Amal Rana", "Omar Yousef Khaled Samir", "Haddad Khoury al-Khatib Mansour"),
    _pool("Fadumo Ayan Hodan Sahra", "Abdi Mohamed Liban Warsame", "Hussein Ali Osman Farah"),
    _pool("Berîvan Rojda Zeynep Şirin", "Rêbîn Serhat Azad Çetin", "Yılmaz Demir Şahin Özdemir"),
    _pool("Pilar Ximena Begoña Inés", "José Andrés Íñigo Rubén", "García Muñoz Peña Fuentes"),
    _pool("Selam Almaz Hiwet Saba", "Tesfaye Yonas Dawit Samuel", "Tekle Haile Kidane Berhane"),
    _pool("Linh Thảo Hương Mai", "Minh Đức Tuấn Hải", "Nguyễn Trần Phạm Lê"),
    _pool("Elle Sárá Biret Máret", "Ánte Niillas Jovnna Heaika", "Sarri Kuhmunen Blind Valkeapää"),
)
_FROM_ELSEWHERE = 0.11
_SECOND_NAME = 0.05
_DOUBLE_SURNAME = 0.03


def name_for(rng: Random, born_year: int, *, woman: bool) -> tuple[str, str]:
    """A given name and a surname for someone born that year; one in nine has roots elsewhere or in Sápmi."""
    if rng.random() < _FROM_ELSEWHERE:
        origin = rng.choice(_ORIGINS)
        return rng.choice(origin.women if woman else origin.men), rng.choice(origin.last)
    pool = next(names for before, names in _BORN_BEFORE.items() if born_year < before)
    given = pool.women if woman else pool.men
    first = rng.choice(given)
    if rng.random() < _SECOND_NAME:
        first = f"{first} {rng.choice(given)}"
    return first, surname(rng)


def surname(rng: Random) -> str:
    """A Swedish surname, now and then a double one or one of two words."""
    return rng.choice(_DOUBLE if rng.random() < _DOUBLE_SURNAME else _SURNAMES)


def all_given_names() -> tuple[str, ...]:
    """Every given name, for lists so long that birth years do not matter."""
    pools = (*_BORN_BEFORE.values(), *_ORIGINS)
    return tuple(name for pool in pools for name in (*pool.women, *pool.men))


def all_surnames() -> tuple[str, ...]:
    """Every surname, for very long lists."""
    return _SURNAMES + tuple(name for pool in _ORIGINS for name in pool.last)
