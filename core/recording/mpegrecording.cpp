// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recording/mpegrecording.h"

#include <QtEndian>

#include <limits>

namespace cycast
{

namespace
{

// What follows the side information: the mark, which fields there are, frames, bytes, a table of 100 places.
constexpr int tableEntries = 100;
constexpr int flagsAt = 4;
constexpr int fieldsAt = 8;
constexpr int infoBytes = 16 + tableEntries;
constexpr quint32 hasFrames = 1;
constexpr quint32 hasBytes = 2;
constexpr quint32 hasTable = 4;
/// Then every second one is forgotten.
constexpr size_t mostPlaces = 1024;

qsizetype infoAt(const MpegHeader &header, QByteArrayView frame)
{
    return frame.size() - mpegMainDataBytes(header);
}

} // namespace

QByteArray MpegRecording::begin(QByteArrayView frames)
{
    const auto first = parseMpegHeader(frames);
    if (!first || first->layer != 3)
        return {};
    m_kind = *first;
    m_firstKbps = first->bitrateKbps;
    // The smallest frame that has room for it.
    for (const int kbps : {32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}) {
        const MpegHeader header = mpegHeaderFor(first->sampleRate, first->channels, kbps);
        m_place = silentMpegFrame(header);
        if (mpegMainDataBytes(header) >= infoBytes) {
            m_place.replace(infoAt(header, m_place), flagsAt, "Xing");
            m_bytes = m_place.size();
            return m_place;
        }
    }
    return m_place = {};
}

void MpegRecording::take(QByteArrayView frames)
{
    while (!m_place.isEmpty() && !frames.isEmpty()) {
        const auto header = parseMpegHeader(frames);
        if (!header || header->frameBytes > frames.size()) {
            m_bytes += frames.size();
            return;
        }
        if (m_frames % m_framesPerPlace == 0)
            m_places.push_back(m_bytes);
        if (m_places.size() > mostPlaces) {
            for (size_t i = 1; i * 2 < m_places.size(); ++i)
                m_places[i] = m_places[i * 2];
            m_places.resize((m_places.size() + 1) / 2);
            m_framesPerPlace *= 2;
        }
        m_hasOneBitrate = m_hasOneBitrate && header->bitrateKbps == m_firstKbps;
        m_duration += header->duration();
        m_bytes += header->frameBytes;
        ++m_frames;
        frames = frames.sliced(header->frameBytes);
    }
}

QByteArray MpegRecording::beginning() const
{
    const auto header = parseMpegHeader(m_place);
    if (!header || m_frames == 0)
        return {};
    QByteArray frame = m_place;
    char *info = frame.data() + infoAt(*header, frame);
    if (m_hasOneBitrate)
        std::copy_n("Info", flagsAt, info);
    const bool isCounted = m_bytes <= std::numeric_limits<quint32>::max(); // 30 hours at 320 kbit/s
    const auto put = [&info](int at, quint32 value) { qToBigEndian(value, info + at); };
    int at = fieldsAt;
    put(flagsAt, hasFrames | hasTable | (isCounted ? hasBytes : 0));
    // Of the kind that this frame has, whatever came later.
    put(at, static_cast<quint32>((m_duration + m_kind.duration() / 2) / m_kind.duration()));
    at += 4;
    if (isCounted) {
        put(at, static_cast<quint32>(m_bytes));
        at += 4;
    }
    for (int i = 0; i < tableEntries; ++i) {
        const qint64 place = m_frames * i / tableEntries / m_framesPerPlace;
        const qint64 byte = m_places[qMin(static_cast<size_t>(place), m_places.size() - 1)];
        info[at + i] = static_cast<char>(byte * 256 / m_bytes);
    }
    return frame;
}

} // namespace cycast
