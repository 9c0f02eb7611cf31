home-menu = You are registered with the programme. What can I do for you?
    .update_profile = See my profile
    .my_data = My data
    .change_language = Language
    .talk_to_human = Talk to a person
    .delete_data = Erase everything
    .retry = Choose from the list, or say in a few words what you want.
    .help = Here you can see and correct your answers, change the language, talk to a person or erase everything.
