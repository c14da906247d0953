// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/codec/trackfault.h"
#include "core/values/filestamp.h"

#include <QFile>

#include <memory>

namespace cycast
{

/// A plain file, open for reading: the one way in which this process touches music. It reads bytes and hands
/// the descriptor over to the helper program, which takes them apart. Every call has a deadline, so that a
/// disk that hangs holds nobody up (see patiently()). One user at a time.
class MusicFile : public std::enable_shared_from_this<MusicFile>
{
public:
    static constexpr int usualPatienceMs = 10'000;

    static TrackResult<std::shared_ptr<MusicFile>> open(const QString &path,
                                                        int patienceMs = usualPatienceMs);

    QString path() const { return m_path; }
    QString name() const; ///< for sentences, and for its ending
    int descriptor() const { return m_file.handle(); }
    /// As it was when it was opened, or after the last read().
    FileStamp stamp() const { return m_stamp; }

    /// Up to `count` bytes from `offset` on; fewer only at the end of the file.
    TrackResult<QByteArray> read(qint64 offset, qint64 count, int patienceMs);

private:
    explicit MusicFile(const QString &path);

    QString m_path;
    QFile m_file;
    FileStamp m_stamp;
};

/// Of an open file.
FileStamp stampOf(int descriptor);
/// Of whatever is at `path` now; unknown when nothing is. May hang.
FileStamp stampOf(const QString &path);

} // namespace cycast
