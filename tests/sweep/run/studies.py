"""The studies that tests of several folders run; what a test needs otherwise it says by options or by str.replace."""
STORE = "[store]\nfile = study.h5\n"
FAILING_POINTS = "forts_a\n5\n10\n8\n"  # as points.csv of failing()


def peace(replicates, keys=""):
    """anchored_peace: 64 points, two policies. `keys` are further lines of [study]."""
    return f"""[study]
{keys}kernel = anchored_peace
seed = 7
replicates = {replicates}
[design]
method = sobol
points = 64
[inputs]
autocracy_a = uniform(0, 1)
horizon_months = 60
[levers]
guarantee_a = list(0, 0.6)
{STORE}"""


def ruin(replicates, points, method="monte_carlo", keys="", more=STORE):
    """gamblers_ruin, for tests that need many runs. `keys` are further lines of [study], `more` further sections."""
    return f"""[study]
{keys}kernel = gamblers_ruin
replicates = {replicates}
[design]
method = {method}
points = {points}
[inputs]
win_probability = uniform(0.4, 0.6)
{more}"""


def failing(replicates):
    """gamblers_ruin refuses forts_a >= forts: all runs of the second point fail with 9 forts."""
    return f"""[study]
kernel = gamblers_ruin
replicates = {replicates}
[design]
method = list
file = points.csv
[levers]
forts = list(9, 12)
{STORE}"""
