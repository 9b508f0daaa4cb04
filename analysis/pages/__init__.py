# The parts of the report: exhibits by question, facts about a run, the page that holds them.
