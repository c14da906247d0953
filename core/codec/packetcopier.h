// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audio/oggopuspager.h"
#include "core/codec/avinput.h"
#include "core/codec/stationformat.h"

namespace cycast
{

/// The coded frames of an AAC or Opus file as they are, in the wrapping that the stream has: ADTS headers for
/// AAC, pages for Opus. Nothing is decoded. In the helper program only: the file's structure is taken apart
/// there.
class PacketCopier
{
public:
    /// The sentence names the file and what does not fit.
    static Result<std::unique_ptr<PacketCopier>> open(const QString &path, const StationFormat &format);

    /// Before the first read(): whole frames up to there are left out.
    void seek(Flicks offset) { m_skip = offset; }
    /// Appends the next frame, or collects it; false at the end.
    bool read(FrameBatch &out);
    /// Why it ended where it did; empty: it was the end.
    QString problem() const { return m_problem; }

private:
    explicit PacketCopier(const StationFormat &format);
    bool isFitting() const;
    bool copyAac(QByteArrayView packet, FrameBatch &out);
    bool copyOpus(QByteArrayView packet, FrameBatch &out);
    bool isSkipped(Flicks duration);

    StationFormat m_format;
    std::unique_ptr<AvInput> m_input;
    QString m_name;
    OggOpusPager m_pager;
    Flicks m_skip = 0;
    bool m_hasHeaders = false; ///< its AAC frames come with ADTS headers of their own
    QString m_problem;
};

} // namespace cycast
