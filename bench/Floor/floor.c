/* The least a server over epoll can do: memcached's get and set of a plain table, one thread.
   No expiry, no limits, no checks of what it is sent: a yardstick for bench/Load on loopback, not a server. floor PORT */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#define SLOTS (1u << 20)
#define BUF (1 << 18)
struct item { char *key; size_t keylen; char *line; size_t len; size_t cap; };
struct conn { int fd; size_t used; char buf[BUF]; };
static struct item table[SLOTS];
static struct item *find(const char *k, size_t n) {
    uint64_t h = 1469598103934665603ull;
    for (size_t i = 0; i < n; i++) h = (h ^ (unsigned char)k[i]) * 1099511628211ull;
    for (uint32_t s = (h ^ h >> 32) & (SLOTS - 1);; s = (s + 1) & (SLOTS - 1)) {
        struct item *it = &table[s];
        if (!it->key) { it->key = memcpy(malloc(n), k, n); it->keylen = n; return it; }
        if (it->keylen == n && !memcmp(it->key, k, n)) return it;
    }
}
static void say(int fd, const char *p, size_t n) {
    while (n) {
        ssize_t w = send(fd, p, n, MSG_NOSIGNAL);
        if (w <= 0) return;
        p += w;
        n -= w;
    }
}
/* Answers the request at p. Returns the bytes it takes, 0 when more are needed. */
static size_t run(struct conn *c, const char *p, const char *end) {
    const char *nl = memchr(p, '\n', end - p);
    if (!nl) return 0;
    if (!memcmp(p, "get ", 4)) {
        struct item *it = find(p + 4, nl - 1 - p - 4);
        if (it->len) say(c->fd, it->line, it->len); else say(c->fd, "END\r\n", 5);
        return nl + 1 - p;
    }
    if (!memcmp(p, "set ", 4)) {
        const char *k = p + 4, *ke = memchr(k, ' ', nl - k), *q = ke + 1;
        while (*q != ' ') q++;
        long flags = strtol(ke + 1, 0, 10), bytes; q++;
        while (*q != ' ') q++;
        bytes = strtol(q + 1, 0, 10);
        if (end - (nl + 1) < bytes + 2) return 0;
        struct item *it = find(k, ke - k);
        size_t need = bytes + (ke - k) + 64;
        if (it->cap < need) { free(it->line); it->line = malloc(it->cap = need); }
        int n = sprintf(it->line, "VALUE %.*s %ld %ld\r\n", (int)(ke - k), k, flags, bytes);
        memcpy(it->line + n, nl + 1, bytes + 2);
        memcpy(it->line + n + bytes + 2, "END\r\n", 5);
        it->len = n + bytes + 7;
        say(c->fd, "STORED\r\n", 8);
        return nl + 1 + bytes + 2 - p;
    }
    if (!memcmp(p, "version", 7)) { say(c->fd, "VERSION floor\r\n", 15); return nl + 1 - p; }
    say(c->fd, "ERROR\r\n", 7);
    return nl + 1 - p;
}
int main(int argc, char **argv) {
    int one = 1, l = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), ep = epoll_create1(0);
    if (argc > 1 && !strcmp(argv[1], "--version")) { puts("floor 1"); return 0; }
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    if (argc != 2) { fputs("floor PORT\n", stderr); return 1; }
    a.sin_port = htons(atoi(argv[1]));
    setsockopt(l, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(l, (void *)&a, sizeof a) || listen(l, 1024)) { perror("bind"); return 1; }
    struct epoll_event ev = { EPOLLIN, { 0 } }, got[256];
    epoll_ctl(ep, EPOLL_CTL_ADD, l, &ev);
    for (;;) {
        int n = epoll_wait(ep, got, 256, -1);
        for (int i = 0; i < n; i++) {
            struct conn *c = got[i].data.ptr;
            if (!c) {
                int fd = accept4(l, 0, 0, 0);
                if (fd < 0) continue;
                setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
                c = malloc(sizeof *c); c->fd = fd; c->used = 0;
                ev.events = EPOLLIN; ev.data.ptr = c;
                epoll_ctl(ep, EPOLL_CTL_ADD, fd, &ev);
                continue;
            }
            ssize_t r = recv(c->fd, c->buf + c->used, BUF - c->used, MSG_DONTWAIT);
            if (r <= 0) { close(c->fd); free(c); continue; }
            c->used += r;
            size_t at = 0, took;
            while (at < c->used && (took = run(c, c->buf + at, c->buf + c->used))) at += took;
            memmove(c->buf, c->buf + at, c->used -= at);
        }
    }
}
