# Tests of what verbs are made of; the verbs themselves are tested in run/ and, `slurm`, in tests/slurm/.
truce_test(job_script_test sweep/verbs/job_script_test.cpp LIBS truce_job_script)
