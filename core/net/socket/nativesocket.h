// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QHostAddress>

#include <span>

/// The only place with calls of the operating system's socket layer: everything that QTcpSocket would make
/// two and a half times as expensive per listener. Non-blocking throughout; thread-safe (no state).
namespace cycast::native
{

using Socket = qintptr;
inline constexpr Socket invalidSocket = -1;

/// Results of send and receive besides a byte count.
inline constexpr qint64 wouldBlock = -1; ///< nothing possible now
inline constexpr qint64 peerGone = -2;   ///< reset, closed, broken
inline constexpr qint64 peerLost = -3;   ///< gone too, but without a word: no answer, or no way there
inline constexpr qint64 exhausted = -4;  ///< of accept: the machine has no descriptor or no memory left

/// Before anybody is accepted by a listening socket: what it accepts has these buffers from its first packet
/// on (the kernel would let them grow to megabytes), keep-alive after 20 s idle, and sends without delay.
void prepareListening(Socket listening, int sendBytes, int receiveBytes);
/// The next one in the queue, non-blocking and not inherited by child processes; or wouldBlock, peerGone (it
/// has hung up meanwhile: ask again), exhausted.
qint64 accept(Socket listening, QHostAddress &peer);

/// Non-blocking, not inherited by child processes, keep-alive after 20 s idle.
void prepare(Socket socket);
/// A listener's socket: TCP_NODELAY, and a send buffer of `bytes`, so that the kernel cannot hide minutes of
/// stall (it would grow to 4 MB otherwise).
void prepareForStreaming(Socket socket, int bytes);

/// Bounds what the kernel takes from the peer before it is read.
void setReceiveBuffer(Socket socket, int bytes);

/// FIN: nothing more comes from us.
void finishSending(Socket socket);
/// What the kernel still holds of what was sent: not sent yet, or not acknowledged. 0 where it cannot be
/// asked.
int unsentBytes(Socket socket);
/// Closes with a reset; what was not sent yet is thrown away.
void abort(Socket socket);
/// The peer has finished sending, or is gone; whatever it sent before that may still be there.
bool peerHasFinished(Socket socket);

/// Bytes accepted by the kernel, wouldBlock, peerGone or peerLost. Never raises a signal.
qint64 send(Socket socket, QByteArrayView bytes);
/// A piece of what is sent. It has no initial values: a round would clear whole arrays of them for each
/// listener.
struct Bytes {
    const char *data;
    qsizetype size;
};
/// The same for several pieces in one call; at most `maxPieces` are taken.
inline constexpr int maxPieces = 64;
qint64 send(Socket socket, std::span<const Bytes> pieces);
/// Bytes read into `buffer`, wouldBlock, peerGone or peerLost; 0 is the peer's end of stream.
qint64 receive(Socket socket, char *buffer, qint64 size);

/// The first byte that waits to be read, without taking it; wouldBlock when there is none.
int peek(Socket socket);
/// As receive(), without taking what is read.
qint64 peek(Socket socket, char *buffer, qint64 size);

void close(Socket socket);
/// A second descriptor of the same connection; the first may then be closed.
Socket duplicate(Socket socket);

QHostAddress peerAddress(Socket socket); ///< an IPv4 peer as IPv4, also on a dual-stack socket
quint16 localPort(Socket socket);
/// The address that the peer used to reach us.
QHostAddress localAddress(Socket socket);

/// Whether the peer has stopped acknowledging: unanswered retransmissions or probes and no sign of life for
/// `silentMs`. A paused player that still answers the kernel's probes is not gone. False where the platform
/// cannot tell.
bool peerIsSilent(Socket socket, int silentMs);
/// How many bytes the other side says it can take now; 0: it does not say (no TCP, another system).
quint32 peerWindow(Socket socket);

/// From now on the calling thread has its turn behind those of this process with more urgent work: by `steps`
/// of nice(1), where a thread has a niceness of its own (Linux).
void stepBehind(int steps);

/// Raises this process's descriptor limit as far as allowed; returns the limit in force (0: unknown).
qint64 raiseDescriptorLimit();
/// The limit in force; 0: unknown, or none.
qint64 descriptorLimit();

} // namespace cycast::native
