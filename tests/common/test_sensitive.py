"""What a text should not hold is told, never refused; ordinary answers are left in peace."""

import pytest

from common.sensitive import has_nir, warning

WARNED = {
    "sécurité sociale": [
        "2 69 05 49 588 157 80",
        "N° 255081416802538, à voir",
        "1 85 07 2A 004 123 88",
    ],
    "naissance": [
        "M. Dupont né le 12/03/1950",
        "Mme Martin, née le 3 avril 1948, chambre 12",
        "Jean Dupont 12/03/1950",
        "date de naissance : 01-02-1999",
    ],
    "personne accompagnée": ["Mme Durand est une résidente suivie en psychiatrie", "Traitement de M. Petit à revoir"],
    "mot de passe": ["Mot de passe : azerty12", "mdp = toto", "clé wifi: 8Hj2kk"],
    "adresse technique": ["Serveur en 192.168.1.20", "Pare-feu 81.250.132.7."],
    "coordonnées d’une personne": ["jeanne.dupont@exemple.fr", "joindre au 06 12 34 56 78", "+33 6 12 34 56 78"],
}
FINE = [
    "",
    "Circuit du médicament : le DUI lit les prescriptions, le pharmacien renvoie la dispensation.",
    "Contrat Berger Levrault 31/12/2027",
    "support@editeur.example, 03 00 00 01 20",
    "Contrat n° 2 69 05 49 588 157 81 du registre",  # a wrong key
    "Version 12.4, 1 234 dossiers d’usagers",
    "Hébergé 999.1.2.3",
    "Mme Martin, informatique de l’OG",
    "Politique de mot de passe à écrire",
]


@pytest.mark.parametrize(("words", "text"), [(words, text) for words, texts in WARNED.items() for text in texts])
def test_what_should_not_be_written_is_told(words: str, text: str) -> None:
    assert words in warning(text)


@pytest.mark.parametrize("text", FINE)
def test_an_ordinary_answer_is_left_in_peace(text: str) -> None:
    assert warning(text) == ""


def test_a_social_security_number_is_told_by_its_key_alone() -> None:
    assert has_nir("269054958815780")
    assert not has_nir("269054958815781")
    assert not has_nir("1269054958815780")
