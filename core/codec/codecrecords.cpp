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

void writeFacts(QDataStream &out, const MediaFacts &facts)
{
    for (const QByteArray *text :
         {&facts.title, &facts.artist, &facts.albumArtist, &facts.album, &facts.apeTitle, &facts.apeArtist,
          &facts.apeAlbum, &facts.replayGain, &facts.replayPeak, &facts.r128Gain})
        out << text->left(mostTagBytes);
    const SoundFacts &sound = facts.sound;
    out << facts.durationMs << facts.format << sound.codec << sound.container << qint32{sound.sampleRate}
        << qint32{sound.channels} << qint32{sound.bitrateKbps} << sound.isPlain << facts.problem
        << static_cast<quint8>(facts.fault);
}

bool readFacts(QDataStream &in, MediaFacts &facts)
{
    bool isFine = true;
    for (QByteArray *text :
         {&facts.title, &facts.artist, &facts.albumArtist, &facts.album, &facts.apeTitle, &facts.apeArtist,
          &facts.apeAlbum, &facts.replayGain, &facts.replayPeak, &facts.r128Gain}) {
        in >> *text;
        isFine = isFine && text->size() <= mostTagBytes;
    }
    SoundFacts &sound = facts.sound;
    qint32 sampleRate = 0;
    qint32 channels = 0;
    qint32 kbps = 0;
    quint8 fault = 0;
    in >> facts.durationMs >> facts.format >> sound.codec >> sound.container >> sampleRate >> channels >>
        kbps >> sound.isPlain >> facts.problem >> fault;
    sound.sampleRate = sampleRate;
    sound.channels = channels;
    sound.bitrateKbps = kbps;
    facts.fault = static_cast<EntryFault>(fault);
    for (const QString &text : {facts.format, sound.codec, sound.container, facts.problem.english()})
        isFine = isFine && text.size() <= mostTagBytes;
    return isFine && facts.durationMs >= 0 && sampleRate >= 0 && channels >= 0 && kbps >= 0 &&
           fault <= static_cast<quint8>(EntryFault::NoSound);
}

bool isWholeSound(const CodecRecord &record)
{
    constexpr int mostChannels = 64;
    constexpr int highestRate = 1'000'000;
    return record.sampleRate > 0 && record.sampleRate <= highestRate && record.channels > 0 &&
           record.channels <= mostChannels &&
           record.bytes.size() % (record.channels * qsizetype{sizeof(float)}) == 0;
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
    quint8 fault = 0;
    switch (record.kind) {
    case Kind::Track:
        in >> record.name >> record.offset >> record.gainDb >> record.fades;
        isFine = record.offset >= 0 && std::isfinite(record.gainDb);
        break;
    case Kind::Frames:
        isFine = readBatch(in, record.batch);
        break;
    case Kind::TrackEnd:
        in >> fault >> record.text;
        record.fault = static_cast<TrackFault>(fault);
        isFine = fault <= static_cast<quint8>(TrackFault::Machine);
        break;
    case Kind::Loudness:
        in >> record.lufs >> record.peakDb >> record.silentEndMs >> record.text;
        isFine = std::isfinite(record.lufs) && std::isfinite(record.peakDb) && record.silentEndMs >= 0;
        break;
    case Kind::Look:
    case Kind::Cover:
        in >> record.name;
        break;
    case Kind::Facts:
        isFine = readFacts(in, record.facts);
        break;
    case Kind::Picture:
        in >> record.bytes;
        break;
    case Kind::Sound:
        in >> record.sampleRate >> record.channels >> record.bytes;
        isFine = isWholeSound(record);
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
        out << record.name << record.offset << record.gainDb << record.fades;
        break;
    case Kind::Frames:
        writeBatch(out, record.batch);
        break;
    case Kind::TrackEnd:
        out << static_cast<quint8>(record.fault) << record.text;
        break;
    case Kind::Loudness:
        out << record.lufs << record.peakDb << record.silentEndMs << record.text;
        break;
    case Kind::Look:
    case Kind::Cover:
        out << record.name;
        break;
    case Kind::Facts:
        writeFacts(out, record.facts);
        break;
    case Kind::Picture:
        out << record.bytes;
        break;
    case Kind::Sound:
        out << record.sampleRate << record.channels << record.bytes;
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
    auto record = decodeRecord(m_bytes.mid(m_place + lengthBytes, length));
    m_place += lengthBytes + length;
    if (m_place > maxCodecRecordBytes || m_place == m_bytes.size()) {
        m_bytes.remove(0, m_place);
        m_place = 0;
    }
    m_isBroken = !record;
    return record;
}

} // namespace cycast
