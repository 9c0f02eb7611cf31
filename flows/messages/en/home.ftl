home-menu = You are registered with the programme. What can I do for you?
    .update_profile = See my profile
    .my_data = My data
    .change_language = Language
    .talk_to_human = Talk to a person
    .delete_data = Erase everything
    .retry = Choose a number, or say it in a few words.
    .help = Choose a number, or say it in a few words.
