### Devenir mentor, et faire une pause.

mentor-consent =
    Merci de vouloir transmettre ! Ici l'assistant automatique de Mentoring MeM (CGEM et Fondation Konrad-Adenauer). Le mentorat est bénévole.
    Pour vous proposer à quelqu'un, je garde votre contact, vos réponses et nos messages. L'équipe les lit ; la personne ne voit que votre prénom et votre portrait. Tout passe par l'étranger (loi 09-08). STOP arrête les envois, EFFACER efface tout.
    Êtes-vous d'accord ?
    .field = Accord
    .agree = J'accepte
    .refuse = Non merci
    .retry = Pour commencer, j'ai besoin de votre accord pour garder vos réponses : OUI ou NON ?
    .help = Vos réponses servent à vous proposer à la bonne personne. Pour les voir : MES DONNÉES. Pour tout effacer : EFFACER. Êtes-vous d'accord ? Répondez OUI ou NON.
mentor-refused = Entendu. Je ne garde rien, sauf la trace de votre refus. La porte reste ouverte.
mentor-name = Comment vous appelez-vous ?
    .field = Nom
    .retry = Écrivez votre prénom, avec le nom si vous voulez, par exemple : Amina Benali.
    .help = La personne que vous accompagnerez ne verra que votre prénom.
mentor-address_form = Comment préférez-vous que l'on s'adresse à vous ?
    .field = Civilité
    .f = Madame
    .m = Monsieur
    .retry = Répondez 1 pour Madame, 2 pour Monsieur, ou PASSER.
    .help = Pour que l'équipe s'adresse bien à vous.
mentor-place = Dans quelle ville vivez-vous, au Maroc ou ailleurs ?
    .field = Ville
    .retry = Je n'ai pas trouvé ce lieu. Écrivez la grande ville la plus proche, par exemple : Munich.
    .help = La ville donne votre heure locale et permet de vous rencontrer près de chez vous.
mentor-experience = En une phrase, quelle est votre expérience ? Elle sera lue par la personne à qui je vous propose.
    .field = Expérience
    .retry = Dites-le en quelques mots, par exemple : 15 ans d'export de textile vers l'Allemagne.
    .help = Par exemple : j'ai créé et dirigé trois restaurants à Casablanca.
mentor-sectors = Quels secteurs connaissez-vous ? Jusqu'à trois choix, par exemple : 1 6.
    .field = Secteurs
    .crafts = Artisanat
    .commerce = Commerce & services
    .agriculture = Agriculture
    .agro_industry = Agroalimentaire
    .tourism = Tourisme & restauration
    .textile = Textile & mode
    .construction = Bâtiment
    .digital = Numérique
    .education = Éducation
    .other = Autre
    .automobile = { onboarding-sector.automobile }
    .materials = { onboarding-sector.materials }
    .real_estate = { onboarding-sector.real_estate }
    .electricity = { onboarding-sector.electricity }
    .energy = { onboarding-sector.energy }
    .mechanics = { onboarding-sector.mechanics }
    .plastics = { onboarding-sector.plastics }
    .leather = { onboarding-sector.leather }
    .chemistry = { onboarding-sector.chemistry }
    .pharma = { onboarding-sector.pharma }
    .mining = { onboarding-sector.mining }
    .fisheries = { onboarding-sector.fisheries }
    .aquaculture = { onboarding-sector.aquaculture }
    .forest_paper = { onboarding-sector.forest_paper }
    .aerospace = { onboarding-sector.aerospace }
    .transport = { onboarding-sector.transport }
    .health = { onboarding-sector.health }
    .training = { onboarding-sector.training }
    .culture = { onboarding-sector.culture }
    .media = { onboarding-sector.media }
    .banking = { onboarding-sector.banking }
    .finance = { onboarding-sector.finance }
    .insurance = { onboarding-sector.insurance }
    .consulting = { onboarding-sector.consulting }
    .export = { onboarding-sector.export }
    .environment = { onboarding-sector.environment }
    .social_economy = { onboarding-sector.social_economy }
    .retry = Choisissez un à trois numéros, par exemple : 1 6.
    .help = Choisissez les plus proches de votre parcours, ou « Autre ».
mentor-skills = Sur quoi pouvez-vous aider ? Jusqu'à cinq choix, par exemple : 1 3 8.
    .field = Compétences
    .finance = Finances & comptabilité
    .marketing = Marketing
    .sales = Ventes & clients
    .digital = Outils numériques
    .legal = Droit & impôts
    .hr = Équipe & recrutement
    .operations = Organisation
    .export = Export
    .fundraising = Financement
    .strategy = Stratégie
    .retry = Choisissez un à cinq numéros, par exemple : 1 3 8.
    .help = Ce que vous avez fait vous-même vaut plus que ce que vous avez étudié.
mentor-stages = À quelles étapes aimez-vous accompagner ? Plusieurs choix possibles.
    .field = Étapes
    .idea = Une idée
    .launched_informal = Lancé, pas déclaré
    .registered = Entreprise enregistrée
    .growing = En croissance
    .retry = Répondez par un ou plusieurs numéros, par exemple : 1 2.
    .help = Choisissez les moments où votre expérience est la plus utile.
mentor-languages = Dans quelles langues pouvez-vous accompagner ? Plusieurs choix possibles.
    .field = Langues
    .ary = Darija
    .ar = Arabe
    .fr = Français
    .en = Anglais
    .ber = Amazigh
    .retry = Répondez par un ou plusieurs numéros, par exemple : 1 3.
    .help = La personne et vous parlerez une langue de cette liste.
mentor-meet = Comment pouvez-vous échanger ? Plusieurs choix possibles, par exemple : 1 4.
    .field = Échanges
    .voice = Appel vocal
    .video = Vidéo
    .in_person = En personne
    .text = Messages écrits
    .retry = Répondez par un ou plusieurs numéros, par exemple : 1 4.
    .help = Beaucoup d'entrepreneurs ont une connexion faible : un appel ou des messages suffisent.
mentor-availability = Quand êtes-vous libre dans la semaine, à votre heure ? Choisissez, ou dites-le : « jeudi soir ».
    .field = Disponibilités
    .weekday_morning = Matin en semaine
    .weekday_afternoon = Après-midi en semaine
    .weekday_evening = Soir en semaine
    .saturday = Samedi
    .sunday = Dimanche
    .retry = Répondez par des numéros, ou par exemple : samedi matin.
    .help = C'est seulement une indication ; chaque rendez-vous sera confirmé avec vous.
mentor-capacity = Combien de personnes voulez-vous accompagner à la fois ? Comptez deux heures par mois pour chacune.
    .field = Places
    .c1 = 1
    .c2 = 2
    .c3 = 3
    .c4 = 4
    .retry = Répondez par un chiffre de 1 à 4.
    .help = Mieux vaut une personne bien suivie. Vous pourrez changer à tout moment.
mentor-network = Êtes-vous membre d'une fédération, d'un réseau ou d'une association ? Lequel ?
    .field = Réseau
    .retry = Écrivez son nom en quelques mots, ou PASSER.
    .help = Par exemple : CGEM, AFEM, une chambre de commerce. Ce n'est pas nécessaire : PASSER.
mentor-prefers = Qui préférez-vous accompagner ?
    .field = Préférence
    .women = Des femmes
    .near = Près de chez moi
    .rural = Petites villes, villages
    .anyone = Peu importe
    .retry = Choisissez un numéro, ou PASSER.
    .help = C'est une préférence, pas une promesse.
mentor-prepared =
    Avant de commencer, trois repères :
    • Écouter d'abord, sans couper.
    • Poser des questions plutôt que donner la solution.
    • Ne rien vendre et ne rien promettre.
mentor-conduct =
    Voici notre code de conduite. Je garde pour moi ce que l'on me confie. Je ne vends rien, je ne prête rien, je ne promets pas d'emploi. Je dis mes conflits d'intérêts. Je respecte chacun et chacune. Je préviens si je ne peux pas venir.
    L'acceptez-vous ?
    .field = Code de conduite
    .agree = Je l'accepte
    .refuse = Non
    .retry = Acceptez-vous le code de conduite ? OUI ou NON.
    .help = Ces règles protègent les deux côtés. Un problème peut être signalé à tout moment, en toute confiance.
mentor-no_conduct = Entendu. Sans ce code je ne peux pas vous proposer à quelqu'un. Écrivez HUMAIN si vous voulez en parler.
mentor-check = Voici ce que j'ai compris. Tout est juste ?
    .field = Vérification
    .retry = Répondez OUI si tout est juste, ou dites ce qui change : « changer la ville ».
    .help = Répondez OUI pour terminer. Pour corriger : « changer la ville ».
mentor-unfinished = Merci de vouloir transmettre ! Il reste des questions avant de vous proposer à quelqu'un. Voici la suivante. STOP si vous ne voulez plus de messages.
mentor-done = Merci ! L'équipe lit votre inscription et vous répond ici, en général sous trois jours ouvrés. Ensuite je vous proposerai quelqu'un.
mentor-saved = C'est enregistré, merci.
mentor-approved = Bonne nouvelle : vous êtes mentor de Mentoring MeM ! Dès qu'une personne pense à vous, je vous présente son projet, sans son nom, et vous décidez. Pour faire une pause : écrivez PAUSE.
mentor-declined = Merci encore de votre offre. L'équipe ne peut pas l'accepter pour le moment. Pour en parler, écrivez HUMAIN.
mentor-state = Mentor
    .pending = L'équipe lit encore votre inscription comme mentor et vous répondra ici.
    .approved = Vous êtes mentor : dès qu'une personne pense à vous, je vous écris. Pour changer vos réponses, écrivez PROFIL.
    .declined = L'équipe n'a pas pu accepter votre offre pour le moment. Pour en parler, écrivez HUMAIN.
mentor_pause-weeks = Pendant combien de temps ne voulez-vous pas de nouvelle demande ?
    .w2 = 2 semaines
    .w4 = 4 semaines
    .w12 = 3 mois
    .back = Je suis de retour
    .retry = Choisissez un numéro, ou dites-le : « trois semaines », « jusqu'au 15 ».
    .help = Les personnes que vous accompagnez restent avec vous ; je ne vous propose personne de nouveau.
mentor_pause-paused = { $dated ->
        [yes] C'est noté : pas de nouvelle demande jusqu'au { DATETIME($day, dateStyle: "long") }.
       *[no] C'est noté : pas de nouvelle demande pendant { $span }.
    } Pour revenir plus tôt : « Je suis de retour ».
mentor_pause-returned = Heureux de vous retrouver ! Je recommence à penser à vous.
mentor-mentees = Places prises : { $taken } sur { $places }.
mentor-mentee = • { $who }, depuis le { DATETIME($since, dateStyle: "long") }{ $hasgoal ->
        [yes] . Objectif : « { $goal } »
       *[no] { "" }
    }
mentor-asked = { $count ->
        [one] Une demande attend votre réponse.
       *[other] { $count } demandes attendent votre réponse.
    }
mentor-resting = Vous êtes en pause jusqu'au { DATETIME($day, dateStyle: "long") }.
mentor_pause-over = Votre pause est terminée : je pense de nouveau à vous. Pour la prolonger, dites-le, par exemple : « pause 2 semaines ».
mentor_profiles-which = Quel profil voulez-vous voir ?
    .retry = Répondez 1 ou 2.
    .help = Vous avez deux profils : celui de votre projet, et celui de mentor.
