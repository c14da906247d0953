// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/e2e/runningstation.h"

namespace cycast::test
{

/// A program that broadcasts, and what has to come of it. PORT, PASSWORD, FOLDER in the arguments stand for
/// what is only known later.
struct Encoder {
    QString program = {};
    QStringList arguments = {};
    QByteArray contentType; ///< that listeners are told
    QString agent;          ///< part of what it calls itself
    QString title = {};     ///< that the station shows; empty: any
    qint64 bytes = 40'000;  ///< to listen for
    int patienceMs = 20'000;
    bool refusesRoot = false; ///< started as nobody when this test is root
};

/// A station that passes live sources on as they are, with its listeners.
class LiveTrial
{
public:
    /// Files of a 1000 Hz tone: live.mp3, .ogg (Vorbis), .opus, .oga (FLAC in Ogg), .aac; made once.
    static bool makeFiles();
    static QString folder();

    /// The listeners' port is the one behind the source port, as Shoutcast v1 wants it.
    bool start();
    /// Runs the encoder and listens; a sentence about the first thing that is not as it should be.
    QString faultOf(const Encoder &encoder);
    /// The same of an encoder that is running already.
    QString heardFault(const Encoder &encoder);
    RunningStation &station() { return m_station; }
    const Sandbox &sandbox() const { return m_sandbox; }
    QStringList filledIn(QStringList arguments) const;

private:
    Sandbox m_sandbox;
    RunningStation m_station{m_sandbox};
};

/// What ffmpeg has to say about these bytes of any format, and the pitch it hears in them; 0: none.
struct Decoded {
    QByteArray messages;
    double hertz = 0;
    double seconds = 0;
};
Decoded decodedBy(const Sandbox &sandbox, const QByteArray &audio);

} // namespace cycast::test
