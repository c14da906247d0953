// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/codec/stationformat.h"
#include "core/net/stream/mount.h"

namespace cycast
{

/// The programme in one format: a kind of stream, its ring, and those who follow that. What plays when is
/// decided elsewhere; here it becomes bytes: frames are joined, and where there are none there is silence
/// like what was heard last. Lives in the station's thread.
class Rendition
{
public:
    explicit Rendition(Mount &mount);

    /// What the station makes itself. `isHeard`: something else may be on, which format() goes on telling.
    void setStationFormat(const StationFormat &format, bool isHeard);
    const StationFormat &stationFormat() const { return m_own; }
    /// Of what is heard; the station's own before anything was.
    StreamFormat format() const;

    /// Where in the ring what begins at that moment begins.
    quint64 positionOf(Flicks from) const;

    /// Frames of the station's own making.
    void append(FrameBatch batch, qint64 nowNs);
    /// Of a live source, as they are.
    void appendPassed(const FrameBatch &batch, const StreamFormat &format, qint64 nowNs);
    void appendSilence(Flicks duration, qint64 nowNs);
    /// At least as long; not appended.
    FrameBatch silence(Flicks duration) const { return m_silence->frames(duration); }

private:
    void use(const StreamFormat &format);

    Mount &m_mount;
    StationFormat m_own;
    std::unique_ptr<Silence> m_silence;
    std::unique_ptr<StreamJoiner> m_joiner;
    StreamFormat m_format; ///< of what was appended last
};

} // namespace cycast
