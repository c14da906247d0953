// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/codecrecords.h"

#include <QDataStream>
#include <QtEndian>

#include <cmath>

namespace cycast
{

namespace
{

using Kind = CodecRecord::Kind;

constexpr qsizetype lengthBytes = 4;
constexpr Flicks longestFrame = flicksPerSecond;

void writeBatch(QDataStream &out, const FrameBatch &batch)
{
    out << static_cast<quint32>(batch.frames.size());
    for (const FrameInfo &frame : batch.frames)
        out << frame.size << frame.duration;
    out << batch.bytes;
}

bool readBatch(QDataStream &in, FrameBatch &batch)
{
    quint32 count = 0;
    in >> count;
    quint64 sum = 0;
    for (quint32 i = 0; i < count && in.status() == QDataStream::Ok; ++i) {
        FrameInfo frame;
        in >> frame.size >> frame.duration;
        if (frame.size == 0 || frame.duration <= 0 || frame.duration > longestFrame)
            return false;
        sum += frame.size;
        batch.frames.append(frame);
    }
    in >> batch.bytes;
    return static_cast<quint64>(batch.bytes.size()) == sum;
}

std::optional<CodecRecord> decodeRecord(const QByteArray &payload)
{
    QDataStream in(payload);
    in.setVersion(QDataStream::Qt_6_4);
    quint8 kind = 0;
    in >> kind;
    if (kind < static_cast<quint8>(Kind::Track) || kind > static_cast<quint8>(Kind::TrackBegin))
        return {};
    CodecRecord record;
    record.kind = static_cast<Kind>(kind);
    bool isFine = true;
    switch (record.kind) {
    case Kind::Track:
        in >> record.path >> record.offset >> record.gainDb >> record.fades;
        isFine = record.offset >= 0 && std::isfinite(record.gainDb);
        break;
    case Kind::Frames:
        isFine = readBatch(in, record.batch);
        break;
    case Kind::TrackEnd:
        in >> record.text;
        break;
    case Kind::Loudness:
        in >> record.lufs >> record.peakDb >> record.silentEndMs >> record.text;
        isFine = std::isfinite(record.lufs) && std::isfinite(record.peakDb) && record.silentEndMs >= 0;
        break;
    case Kind::Finish:
    case Kind::Finished:
    case Kind::TrackBegin:
        break;
    }
    return isFine && in.status() == QDataStream::Ok && in.atEnd() ? std::optional(record) : std::nullopt;
}

} // namespace

QByteArray encodeRecord(const CodecRecord &record)
{
    QByteArray bytes;
    QDataStream out(&bytes, QIODevice::WriteOnly);
    out.setVersion(QDataStream::Qt_6_4);
    out << quint32{0} << static_cast<quint8>(record.kind);
    switch (record.kind) {
    case Kind::Track:
        out << record.path << record.offset << record.gainDb << record.fades;
        break;
    case Kind::Frames:
        writeBatch(out, record.batch);
        break;
    case Kind::TrackEnd:
        out << record.text;
        break;
    case Kind::Loudness:
        out << record.lufs << record.peakDb << record.silentEndMs << record.text;
        break;
    case Kind::Finish:
    case Kind::Finished:
    case Kind::TrackBegin:
        break;
    }
    qToBigEndian(static_cast<quint32>(bytes.size() - lengthBytes), bytes.data());
    return bytes;
}

std::optional<CodecRecord> CodecRecordReader::next()
{
    if (m_isBroken || m_bytes.size() - m_place < lengthBytes)
        return {};
    const qsizetype length = qFromBigEndian<quint32>(m_bytes.constData() + m_place);
    if (length == 0 || length > maxCodecRecordBytes) {
        m_isBroken = true;
        return {};
    }
    if (m_bytes.size() - m_place < lengthBytes + length)
        return {};
    const auto record = decodeRecord(m_bytes.mid(m_place + lengthBytes, length));
    m_place += lengthBytes + length;
    if (m_place > maxCodecRecordBytes || m_place == m_bytes.size()) {
        m_bytes.remove(0, m_place);
        m_place = 0;
    }
    m_isBroken = !record;
    return record;
}

} // namespace cycast
