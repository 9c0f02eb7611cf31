"""Home: what one can do when nothing is being asked. Words: messages/*/home.ftl"""

from flows.steps import Choose, Flow

HOME = Flow(
    "home",
    (
        Choose(
            name="menu",
            options=(
                "update_profile",
                "my_data",
                "change_language",
                "talk_to_human",
                "delete_data",
            ),
        ),
    ),
)
