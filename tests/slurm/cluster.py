"""A real Slurm cluster of four nodes on this machine: daemons, network and files of its own, nothing of it left behind.

All its processes live in a process and a network namespace of their own, which end with the first of them: it dies with
this program, however that ends, and takes daemons, orphaned ranks, bridge and veths along. Where namespaces are not
allowed (apart=False) the four slurmd share this host, its network and its process numbers. Needs root, and Debian's
slurmctld, slurmd, slurm-client, munge and iproute2.
"""
import atexit
import ctypes
import fcntl
import os
import pathlib
import secrets
import shutil
import signal
import subprocess
import tempfile
import time

NODES = ("n1", "n2", "n3", "n4")
PROGRAMS = ("slurmctld", "slurmd", "sbatch", "munged", "ip", "unshare", "nsenter")
CONF = """ClusterName=truce
SlurmctldHost={head}
SlurmUser=root
SlurmdUser=root
{apart}
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/%n/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/%n/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/%n/slurmd.log
TmpFS={folder}/%n
SlurmdParameters=config_overrides
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=bf_interval=1,sched_interval=2,batch_sched_delay=0
MpiDefault=none
ReturnToService=2
KillWait=5
SlurmdTimeout=10
JobRequeue=1
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
PartitionName=plain Nodes=ALL Default=YES MaxTime=INFINITE PriorityTier=1
PartitionName=polite Nodes=ALL MaxTime=INFINITE PriorityTier=1 GraceTime=20
PartitionName=urgent Nodes=ALL MaxTime=INFINITE PriorityTier=9
"""
APART = "AuthType=auth/munge\nAuthInfo=socket={folder}/munge.socket"
TOGETHER = "AuthType=auth/none\nCredType=cred/none\nSlurmctldPort=26817"
NODE = "NodeName={name} {address} CPUs=4 RealMemory=8000 State=UNKNOWN\n"
ROOT_OF_ALL = "mount -t proc proc /proc && mount --bind {hosts} /etc/hosts && hostname head && ip link set lo up && " \
              "ip link add br0 type bridge && ip addr add 10.99.0.1/24 dev br0 && ip link set br0 up"
ROOT_OF_NODE = "hostname {name} && mount -t tmpfs tmpfs /dev/shm && ip link set lo up"
STAY = " && echo up && sleep infinity & wait"  # bash stays to collect the orphans of its namespace


def die_with_parent():
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)


def lacking():
    """Why there can be no cluster here; "" if there can."""
    path = os.environ["PATH"] + ":/usr/sbin:/sbin"
    missing = [p for p in PROGRAMS if not shutil.which(p, path=path)]
    if missing:
        return f"no {', '.join(missing)} (apt-get install slurmctld slurmd slurm-client munge iproute2)"
    return "" if os.geteuid() == 0 else "not root"


def may_be_apart():
    """Whether this machine (a container, say) allows the namespaces."""
    words = ["unshare", "--pid", "--fork", "--kill-child", "--mount", "--net", "--uts", "bash", "-c"]
    return subprocess.run([*words, ROOT_OF_ALL.format(hosts="/etc/hosts")], capture_output=True).returncode == 0


def wait_until(true, what, seconds=120):
    """What `true` returns once it does; the limit only guards against hanging."""
    deadline = time.monotonic() + seconds
    while not (value := true()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {seconds} s for {what}")
        time.sleep(0.02)
    return value


class Cluster:
    def __init__(self, apart):
        self.apart = apart
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="truce-slurm-"))
        self.roots = {}  # process number of the first process of the head and of each node
        self.started = []
        self.daemons = {}
        self.lock = None
        self.env = {**os.environ, "PATH": os.environ["PATH"] + ":/usr/sbin:/sbin", "SLURM_CONF": f"{self.folder}/slurm.conf",
                    "TMPDIR": f"{self.folder}/tmp", "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
                    "OMPI_MCA_rmaps_base_oversubscribe": "1", "OMPI_MCA_mpi_yield_when_idle": "1",
                    "OMPI_MCA_btl_vader_single_copy_mechanism": "none", "OMPI_MCA_hwloc_base_binding_policy": "none"}
        if not apart:
            self.env["OMPI_MCA_btl"] = "self,tcp"

    # --- up and down

    def up(self):
        atexit.register(self.down)
        self.write_files()
        if self.apart:
            self.make_namespaces()
            self.daemon("munged", "head", "munged", "--foreground", "--force", f"--socket={self.folder}/munge.socket",
                        *(f"--{name}-file={self.folder}/munge.{name}" for name in ("key", "pid", "log", "seed")))
            wait_until((self.folder / "munge.socket").exists, "munged")
        else:
            self.lock = open(shutil.which("slurmd", path=self.env["PATH"]), "rb")
            fcntl.flock(self.lock, fcntl.LOCK_EX)  # the ports are this host's: one cluster at a time
        self.daemon("slurmctld", "head", "slurmctld", "-D")
        for name in NODES:
            self.start_slurmd(name)
        wait_until(lambda: self.states() == {"idle"}, "four idle nodes")

    def write_files(self):
        for name in ("state", "tmp", *(f"{n}/spool" for n in NODES)):
            (self.folder / name).mkdir(parents=True)
        (self.folder / "munge.key").write_bytes(secrets.token_bytes(1024))
        (self.folder / "munge.key").chmod(0o400)
        address = "NodeAddr=10.99.0.{last}" if self.apart else "NodeHostname=localhost Port={port}"
        conf = CONF.format(folder=self.folder, head="head(10.99.0.1)" if self.apart else "localhost",
                           apart=(APART if self.apart else TOGETHER).format(folder=self.folder))
        hosts = "127.0.0.1 localhost\n10.99.0.1 head\n"
        for i, name in enumerate(NODES):
            conf += NODE.format(name=name, address=address.format(last=11 + i, port=26821 + i))
            hosts += f"10.99.0.{11 + i} {name}\n"
        (self.folder / "slurm.conf").write_text(conf)
        (self.folder / "hosts").write_text(hosts)

    def make_namespaces(self):
        apart = ["unshare", "--pid", "--fork", "--kill-child", "--mount", "--net", "--uts"]
        self.roots["head"] = self.root(apart, ROOT_OF_ALL.format(hosts=self.folder / "hosts"))
        for i, name in enumerate(NODES):
            self.roots[name] = self.root([*self.within("head"), "unshare", "--mount", "--net", "--uts"],
                                         ROOT_OF_NODE.format(name=name))
            to_node = ["nsenter", "-t", str(self.roots[name]), "--net", "ip"]
            to_head = ["nsenter", "-t", str(self.roots["head"]), "--net", "ip"]
            for words in (to_head + f"link add {name} type veth peer name eth0 netns {self.roots[name]}".split(),
                          to_head + f"link set {name} master br0 up".split(),
                          to_node + f"addr add 10.99.0.{11 + i}/24 dev eth0".split(),
                          to_node + "link set eth0 up".split()):
                subprocess.run(words, check=True, env=self.env)

    def root(self, words, work):
        with open(self.folder / "namespaces.out", "ab") as log:
            process = subprocess.Popen([*words, "bash", "-c", work + STAY], stdout=subprocess.PIPE, stderr=log, text=True,
                                       env=self.env, preexec_fn=die_with_parent)
        self.started.append(process)
        if process.stdout.readline() != "up\n":
            raise RuntimeError(f"a namespace could not be made: {work}")
        pid = process.pid
        while pathlib.Path(f"/proc/{pid}/comm").read_text() != "bash\n":  # unshare or nsenter, which wait for their child
            pid = int(pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])
        return pid

    def within(self, place):
        return ["nsenter", "-t", str(self.roots[place]), "--pid", "--mount", "--net", "--uts"] if self.apart else []

    def daemon(self, name, place, *words):
        with open(self.folder / f"{name}.out", "ab") as log:
            self.daemons[name] = subprocess.Popen([*self.within(place), *words], env=self.env, stdout=log, stderr=log,
                                                  preexec_fn=die_with_parent)
        self.started.append(self.daemons[name])

    def start_slurmd(self, node):
        self.daemon(node, node, "slurmd", "-D", "-N", node)

    def down(self):
        """Ends everything, then fails if a process is left. Idempotent."""
        atexit.unregister(self.down)
        if self.apart and "head" in self.roots:
            os.kill(self.roots["head"], signal.SIGKILL)  # the first of its namespace: all others go with it
        elif self.daemons:
            subprocess.run(["scancel", "--signal=KILL", "--full", "--user=root"], env=self.env, capture_output=True)
        for process in reversed(self.started):
            process.kill()
            process.wait()
            if process.stdout:
                process.stdout.close()
        self.started.clear()
        if not self.apart:
            for pid in self.processes():
                os.kill(pid, signal.SIGKILL)
            if self.lock:
                self.lock.close()
        try:
            wait_until(lambda: not self.processes(), "the end of all processes", 30)
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def processes(self):
        """What runs with this cluster's configuration, zombies apart."""
        mark, found = f"SLURM_CONF={self.folder}/".encode(), []
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                if int(process.name) != os.getpid() and mark in (process / "environ").read_bytes():
                    found.append(int(process.name))
            except OSError:
                pass
        return found

    # --- at work

    def call(self, *words, check=True):
        """A client's command at the head, in its root folder; its standard output."""
        done = subprocess.run([*self.within("head"), *map(str, words)], env=self.env, text=True, capture_output=True,
                              timeout=120, cwd="/")
        if check and done.returncode != 0:
            raise RuntimeError(f"{words} ended with {done.returncode}: {done.stderr}")
        return done.stdout

    def states(self):
        return set(self.call("sinfo", "-h", "-p", "plain", "-o", "%T", check=False).split())

    def node_of(self, pid):
        """The node on which a process runs; "" where the nodes share one host."""
        space = os.readlink(f"/proc/{pid}/ns/net")
        return next((n for n in self.roots if os.readlink(f"/proc/{self.roots[n]}/ns/net") == space), "")

    def steps_of(self, job, lost=()):
        """Slurm's processes that watch a step of the job, on nodes that are not lost."""
        title, found = f"slurmstepd: [{job}.".encode(), []
        for pid in self.processes():
            try:
                if pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().startswith(title) and self.node_of(pid) not in lost:
                    found.append(pid)
            except OSError:
                pass
        return found

    def kill_slurmd(self, node):
        pid = (self.folder / node / "slurmd.pid").read_text().strip()
        self.call("kill", "-9", pid)
        self.daemons[node].wait()

    def link(self, node, state):
        """Unplugs (down) or plugs in (up) the network of a node."""
        self.call("ip", "link", "set", node, state)
