"""What a node that loses its power may leave on the disk, by POSIX alone: a model of files and folders that is fed with calls.

Bytes are durable once fsync or fdatasync of their file has returned, entries of a folder once fsync of the folder has. Of all
that came later any part may be there: whole calls, sectors of 512 bytes, or zeros where bytes should be.
"""
import os

SECTOR = 512
O_TRUNC = 0o1000


class File:
    def __init__(self):
        self.durable = b""
        self.pending = []   # (offset, bytes) of a write, (size, None) of a truncation
        self.doubtful = []  # what a failed sync may have dropped for good

    def sync(self, worked):
        if worked:
            self.durable = applied(self.durable, self.pending)
        else:
            self.doubtful += self.pending
        self.pending = []

    def left(self, chance):
        old = applied(self.durable, [op for op in self.doubtful if chance.random() < 0.5])
        new = applied(old, self.pending)
        how = chance.choice(["all", "none", "prefix", "sectors", "zeros"])
        if how == "all":
            return new
        if how == "none" or not self.pending:
            return old
        if how == "prefix":
            count = chance.randrange(len(self.pending))
            offset, data = self.pending[count]
            torn = [] if data is None else [(offset, data[:boundary(chance, offset, len(data))])]
            return applied(old, self.pending[:count] + torn)
        return mixed(chance, old, new, zeros_only=how == "zeros")


def applied(content, operations):
    content = bytearray(content)
    for offset, data in operations:
        end = offset + len(data or b"")
        content.extend(bytes(max(0, end - len(content))))
        if data is None:
            del content[offset:]
        else:
            content[offset:end] = data
    return bytes(content)


def boundary(chance, offset, count):
    """Bytes of a write that end at a sector's end, or nowhere."""
    ends = range(SECTOR - offset % SECTOR, count + 1, SECTOR)
    return chance.choice([0, *ends])


def mixed(chance, old, new, zeros_only):
    """A file of the new size, of which each changed sector is new, or old and zero where nothing was."""
    parts = []
    for at in range(0, len(new), SECTOR):
        before, after = old[at:at + SECTOR], new[at:at + SECTOR]
        zeros = (before + bytes(SECTOR))[:len(after)]
        parts.append(zeros if zeros_only else chance.choice([zeros, after]))
    return b"".join(parts)


class Folder:
    def __init__(self):
        self.now, self.durable, self.pending = {}, {}, []

    def change(self, *changes):
        """One atomic change of entries: (name, node), or (name, None) for one that goes."""
        self.pending.append(changes)
        enter(self.now, changes)

    def sync(self, worked):
        if worked:
            self.durable, self.pending = dict(self.now), []

    def left(self, chance):
        how = chance.choice(["all", "none", "prefix", "subset"])
        kept = {"all": self.pending, "none": [], "prefix": self.pending[:chance.randint(0, len(self.pending))],
                "subset": [change for change in self.pending if chance.random() < 0.5]}[how]
        entries = dict(self.durable)
        for changes in kept:
            enter(entries, changes)
        return entries


def enter(entries, changes):
    for name, node in changes:
        if node is None:
            entries.pop(name, None)
        else:
            entries[name] = node


class Durable:
    """The disk below one folder, as the calls of a log change it."""

    def __init__(self, top):
        self.top, self.root = top, Folder()

    def node(self, path):
        node = self.root
        for part in os.path.relpath(path, self.top).split(os.sep):
            node = node if part == "." else getattr(node, "now", {}).get(part)
        return node

    def change(self, path, node):
        self.node(os.path.dirname(path)).change((os.path.basename(path), node))

    def feed(self, call):
        node = self.node(call.path)
        if call.name in ("fsync", "fdatasync") and node:
            node.sync(call.result == 0)
        if call.result < 0:
            return
        if call.name == "mkdir":
            self.change(call.path, Folder())
        elif call.name == "create":
            self.create(call, node)
        elif call.name == "write" and node:  # else it has no name any more
            node.pending.append((call.offset, call.bytes))
        elif call.name == "truncate" and node:
            node.pending.append((call.offset, None))
        elif call.name == "link":
            self.change(call.other, node)
        elif call.name in ("unlink", "rmdir"):
            self.change(call.path, None)
        elif call.name == "rename":
            self.rename(call, node)

    def create(self, call, node):
        if node is None:
            self.change(call.path, File())
        elif call.offset & O_TRUNC:
            node.pending.append((0, None))

    def rename(self, call, node):
        """Atomic within a folder, which is all that the store does."""
        old, new = os.path.basename(call.path), os.path.basename(call.other)
        self.node(os.path.dirname(call.path)).change((old, None), (new, node))

    def leave(self, chance, path, folder=None):
        """Writes one disk that the loss may leave, as the folder `path`, which is there and empty."""
        for name, node in (folder or self.root).left(chance).items():
            if isinstance(node, Folder):
                os.mkdir(os.path.join(path, name))
                self.leave(chance, os.path.join(path, name), node)
            else:
                with open(os.path.join(path, name), "wb") as file:
                    file.write(node.left(chance))
