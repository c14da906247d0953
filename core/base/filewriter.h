// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/offthread.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QFileDevice>
#include <QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace cycast
{

struct HowToWrite {
    bool makesFolder = true; ///< when it is missing
    std::optional<QFileDevice::Permissions> permissions = {};
};

/// Replaces files (see replacefile.h) on threads of its own, so that whoever asks never waits for a disk: a
/// full write with its fsync takes from milliseconds to, on a dead network disk, for ever. Each path for
/// itself, its contents in the order asked for; of those that have not been begun only the newest is written.
/// Any thread may ask; the answers come in the thread that the writer lives in.
class FileWriter : public QObject
{
    Q_OBJECT

public:
    using Content = std::function<QByteArray()>;
    using How = HowToWrite;
    using Write = std::function<Result<void>(const QString &path, const QByteArray &content, const How &how)>;

    /// How long an end waits for what is being written.
    static constexpr std::chrono::milliseconds endLimit{5000}; // a slow disk on a busy machine is no dead one

    /// The one of this process. It is never destroyed: whoever ends the program calls finish().
    static FileWriter &shared();

    /// `write` in place of the disk, for tests.
    explicit FileWriter(Write write = {}, QObject *parent = nullptr);
    /// As finish(endLimit).
    ~FileWriter() override;

    /// Returns at once. `content` is called on a thread of the writer.
    void write(const QString &path, Content content, const How &how = {});
    /// Likewise; `told` gets the system's reason, or an empty text, once, while `context` lives.
    void write(const QString &path, Content content, const How &how, QObject *context,
               const std::function<void(const QString &error)> &told);

    /// Waits until all that was asked for has been written, before an end or before it is read again. What
    /// hangs is waited for once. False when something does.
    bool finish(std::chrono::milliseconds limit = endLimit);

signals:
    /// What was asked for last for this path is there, or is not: `error` is the system's reason.
    void finished(const QString &path, const QString &error, qint64 tookMs);

private:
    struct Shared;

    std::shared_ptr<Shared> m_shared; ///< what the threads know; outlives this object when a disk hangs
    OffThread<FileWriter> m_off;
};

} // namespace cycast
