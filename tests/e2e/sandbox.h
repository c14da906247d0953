// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/paths.h"

#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>

namespace cycast::test
{

/// What a program wrote and how it ended; exitCode is -1 when it crashed or had to be killed.
struct ProgramResult {
    int exitCode = -1;
    QByteArray output;
    QByteArray errors;
};

/// A folder of its own for one test, with homes for everything a program may want to write.
class Sandbox
{
public:
    Sandbox();

    QString path(const QString &name) const { return m_folder.filePath(name); }
    /// The environment of this test with every XDG folder in here.
    QProcessEnvironment environment() const;
    /// Replaces the file as an editor does: in place.
    void write(const QString &name, const QByteArray &content) const;
    QByteArray read(const QString &name) const;

    /// Runs a program to its end in here, with the event loop turning; kills it after `timeoutMs`.
    ProgramResult run(const QString &program, const QStringList &arguments, int timeoutMs = 30'000,
                      const QProcessEnvironment &environment = {}) const;
    /// Starts a program that is ended by the test; it is killed with the returned object.
    std::unique_ptr<QProcess> start(const QString &program, const QStringList &arguments) const;

private:
    QTemporaryDir m_folder;
};

/// Before start(): the program ends with this test, however that ends (Linux).
void endWithTest(QProcess &process);
/// A port that nobody listens on at the moment.
quint16 freePort();
/// The place of every frame, when `audio` is nothing but whole MPEG frames; a torn one at the very end is
/// allowed (the connection ended in it). Otherwise an empty list.
QList<qsizetype> frameStarts(const QByteArray &audio);
/// What ffmpeg says while it decodes these bytes with -xerror; empty when they are without fault.
QByteArray decodingFaults(const Sandbox &sandbox, const QByteArray &audio);
/// The same for bytes in which sample rate or channels change, where ffmpeg's command line stumbles over its
/// own time stamps: every frame is decoded by ffprobe.
QByteArray probingFaults(const Sandbox &sandbox, const QByteArray &audio);
/// An MP3 of a tone, made by ffmpeg; `options` go before the file's name. False: ffmpeg could not.
bool makeTone(const Sandbox &sandbox, const QString &name, int hertz, double seconds,
              const QStringList &options = {QStringLiteral("-b:a"), QStringLiteral("128k")});
/// music/1.mp3: five minutes of 440 Hz at 128 kbit/s by an artist, with a title, that are not all Latin.
bool makeTitledTone(const Sandbox &sandbox);
QString titledToneTitle(); ///< as stations send it

} // namespace cycast::test
