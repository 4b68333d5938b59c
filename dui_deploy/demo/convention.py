"""What the three invented OG wrote in their convention de coopération, article by article."""

ARTICLES = {
    "object": (
        "Les parties déploient ensemble un même DUI dans leurs ESMS. Chacune reste seule responsable de "
        "l'accompagnement des personnes et de la gestion de ses établissements."
    ),
    "perimeter": (
        "Douze ESMS sont concernés, pour l'ensemble des fonctions du DUI, jusqu'à la fin de la "
        "généralisation. La liste est annexée ; le COSTRAT la révise."
    ),
    "commitments": (
        "Chaque partie libère le temps de ses directeurs et de ses référents locaux, met des salles à "
        "disposition pour les formations et remet ses données dans les délais convenus."
    ),
    "governance": (
        "Le COSTRAT réunit un représentant par OG, tous les trois mois. Le COMOP réunit un représentant par "
        "OG et par catégorie d'ESMS, tous les mois. La présidence du COSTRAT change chaque année."
    ),
    "representation": (
        "Chaque OG pèse selon le nombre de ses ESMS. Le COSTRAT délibère si 60 % du poids et la moitié des OG"
        " sont représentés ; il décide à la majorité simple, aux deux tiers pour le budget, la personne "
        "morale, l'éditeur et la sortie d'un OG."
    ),
    "project_team": (
        "La cheffe de projet est employée par les Brumes Claires. Sa lettre de mission est signée par les "
        "trois OG, qui partagent son coût selon leur poids."
    ),
    "purchase": (
        "Les Brumes Claires coordonnent l'achat et signent le contrat pour le compte des parties. Chaque "
        "partie paie ses licences."
    ),
    "funding": (
        "Le budget est réparti selon les poids. Une dépense imprévue de plus de 5 000 € passe devant le COSTRAT."
    ),
    "data_protection": (
        "Chaque OG est responsable du traitement des données de ses ESMS. L'AIPD est commune ; chaque partie "
        "tient son registre et répond aux demandes des personnes."
    ),
    "security": (
        "Les données de santé sont hébergées chez un hébergeur certifié. Chaque partie gère les accès de ses "
        "professionnels et les relit une fois par an."
    ),
    "intellectual_property": (
        "Les paramétrages, trames et supports produits ensemble sont librement réutilisables par chacune des "
        "parties, y compris après la fin de la coopération."
    ),
    "confidentiality": ("Les informations financières et sociales échangées restent entre les parties."),
    "communication": (
        "Les messages communs sont validés par le COSTRAT. Les usagers sont informés par leur ESMS, avec une "
        "notice commune."
    ),
    "entry_exit": (
        "L'entrée d'un OG est décidée par le COSTRAT. Une sortie se demande six mois à l'avance ; le solde "
        "financier est arrêté à la date de sortie et les données sont restituées. Les poids sont revus."
    ),
    "evaluation": (
        "Les indicateurs sont présentés à chaque COSTRAT. Un bilan annuel est fait et la convention relue à "
        "cette occasion."
    ),
    "disputes": (
        "Un différend est d'abord porté devant le COSTRAT, puis devant un médiateur choisi ensemble. À défaut"
        " d'accord, le tribunal du siège du coordonnateur est compétent."
    ),
    "term": (
        "La convention prend effet à la dernière signature et dure jusqu'à la fin du projet. Un avenant est "
        "pris dans les mêmes formes."
    ),
}
