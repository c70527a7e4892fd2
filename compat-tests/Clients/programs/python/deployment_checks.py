"""Reads docker-compose.yml and the Dockerfiles it builds: deployment_checks.py ROOT"""

import json
import pathlib
import re
import shlex
import socket
import subprocess
import sys
import tempfile
import threading

import yaml

from checks import check, run, same

OUR_DOCKERFILES = ["Dockerfile", "dotnet-samples/Dockerfile"]


def services(root):
    return yaml.safe_load((root / "docker-compose.yml").read_text())["services"]


def dockerfiles(root):
    """(context, text) of every build of a service."""
    found = []
    for service in services(root).values():
        build = service.get("build")
        if build is None:
            continue
        build = {"context": build} if isinstance(build, str) else build
        context = root / build.get("context", ".")
        text = build.get("dockerfile_inline") or (context / build.get("dockerfile", "Dockerfile")).read_text()
        found.append((context, text.replace("\\\n", " ")))
    return found


def images(root):
    """All images that are pulled, build stages left out."""
    names = [service["image"] for service in services(root).values() if "image" in service]
    for _, text in dockerfiles(root):
        stages = re.findall(r"(?im)^FROM .* AS (\S+)", text)
        names += [name for name in re.findall(r"(?im)^FROM (?:--\S+ )*(\S+)", text) if name not in stages]
    return names


@check("there is a gateway, and PHP and Tomcat to go with it")
def _(root):
    same(True, {"gateway", "tomcat"} <= set(services(root)))
    same(["tomcat"], services(root)["tomcat"]["profiles"])
    same(True, any(name.startswith("php") for name in services(root)))


@check("every file and folder that is mounted exists")
def _(root):
    mounts = [mount for service in services(root).values() for mount in service.get("volumes", [])]
    same(True, len(mounts) > 0)
    for mount in mounts:
        source = mount["source"] if isinstance(mount, dict) else mount.split(":")[0]
        if source.startswith((".", "/")):
            same((source, True), (source, (root / source).exists()))


@check("every build has its context, and every COPY its source")
def _(root):
    same(True, len(dockerfiles(root)) > 0)
    for context, text in dockerfiles(root):
        same(True, context.is_dir())
        for line in re.findall(r"(?im)^(?:COPY|ADD) (.*)$", text):
            words = shlex.split(line)
            if any(word.startswith("--from") for word in words):
                continue
            for source in [word for word in words if not word.startswith("--")][:-1]:
                same((source, True), (source, (context / source).exists()))


@check("what the Dockerfiles copy is not hidden from the builder")
def _(root):
    lines = (root / ".dockerignore").read_text().splitlines()
    kept = {line[1:].rstrip("/") for line in lines if line.startswith("!")}
    same(True, "*" in lines)
    copies = [line for file in OUR_DOCKERFILES for line in re.findall(r"(?m)^COPY (?!--from)(.*)$", (root / file).read_text())]
    same(True, len(copies) >= 2 * len(OUR_DOCKERFILES))
    for line in copies:
        for source in line.split()[:-1]:
            same((source, True), (source, source.rstrip("/") in kept))


@check("no image is the latest of its kind")
def _(root):
    for image in images(root):
        name, _, tag = image.rpartition("/")[2].partition(":")
        same((image, True), (image, tag != "" and "latest" not in tag and any(c.isdigit() for c in tag)))


@check("ports are open on this machine only")
def _(root):
    ports = [str(port) for service in services(root).values() for port in service.get("ports", [])]
    same(True, len(ports) >= 3)
    for port in ports:
        same((port, True), (port, port.startswith("127.0.0.1:")))


@check("services say when they are ready, and wait for those that do")
def _(root):
    all_services = services(root)
    for name, service in all_services.items():
        same((name, True), (name, "healthcheck" in service))
        for other, wait in service.get("depends_on", {}).items():
            same((name, True), (name, other in all_services))
            same("service_healthy", wait["condition"])


def health_checks(root):
    """The scripts that ask the gateway for its health, as bash sees them."""
    compose = services(root)["gateway"]["healthcheck"]["test"][-1].replace("$$", "$")
    docker = re.search(r'HEALTHCHECK .*?CMD (\[.*?\])\n', (root / "Dockerfile").read_text().replace("\\\n", " ")).group(1)
    return [compose, json.loads(docker)[-1]]


@check("a gateway is healthy with a login and without, and not when it answers something else")
def _(root):
    for script in health_checks(root):
        for answer, healthy in [("VERSION 1.6.18", 0), ("CLIENT_ERROR unauthenticated", 0), ("ERROR", 1), ("", 1)]:
            with socket.create_server(("127.0.0.1", 0)) as server:
                threading.Thread(target=answer_one, args=(server, answer), daemon=True).start()
                port = server.getsockname()[1]
                same(True, "/127.0.0.1/11211" in script)
                code = subprocess.run(["bash", "-c", script.replace("/11211", f"/{port}")], timeout=60).returncode
                same((answer, healthy), (answer, min(code, 1)))


def answer_one(server, answer):
    connection, _ = server.accept()
    with connection:
        connection.recv(100)
        connection.sendall(answer.encode() + b"\r\n")


@check("Tomcat without the session manager says so and is not started again and again")
def _(root):
    tomcat = services(root)["tomcat"]
    same("on-failure", tomcat["restart"])
    with tempfile.TemporaryDirectory() as empty:
        script = tomcat["command"][-1].replace("$$", "$").replace("/opt/msm", empty)
        result = subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=60)
        same((0, "", 1), (result.returncode, result.stdout, result.stderr.count("\n")))
        same(True, "tomcat-samples/lib holds no jars" in result.stderr)


@check("our own images run without root")
def _(root):
    for file in OUR_DOCKERFILES:
        text = (root / file).read_text()
        same((file, True), (file, re.search(r"(?m)^USER \$APP_UID$", text) is not None))
        same((file, True), (file, text.index("USER $APP_UID") < text.index("ENTRYPOINT")))


@check("PHP and .NET are told the same about their session")
def _(root):
    file = yaml.safe_load((root / "docker-compose.yml").read_text())
    ini = file["configs"]["php-session"]["content"]
    dotnet = file["services"]["dotnet"]["environment"]
    same(dotnet["Session__Handler"], re.search(r"session\.save_handler = (\w+)", ini).group(1))
    # Not named in the ini: PHP's default.
    serializer = re.search(r"session\.serialize_handler = (\w+)", ini)
    same(dotnet["Session__Serializer"].lower(), (serializer.group(1) if serializer else "php").replace("_", ""))
    same("gateway:6379", dotnet["Session__Endpoint"])


if __name__ == "__main__":
    run(pathlib.Path(sys.argv[1]))
