// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/stampedframes.h"

#include "core/audio/mpeg/mpegheader.h"

#include <cstring>

using namespace Qt::Literals::StringLiterals;

namespace cycast::test
{
namespace
{

constexpr qsizetype stampAt = 36; // behind header and side information
constexpr qsizetype stampBytes = 12;

// How many bytes the first `count` frames have: 144 * 128000 / 44100 each, in whole bytes.
qint64 bytesOf(qint64 count)
{
    return count * 144 * 128000 / 44100;
}

// Six bits a byte: never a sync word.
void putNumber(char *at, int digits, int number)
{
    for (int i = digits - 1; i >= 0; --i, number >>= 6)
        at[i] = static_cast<char>(0x80 | (number & 0x3F));
}

int numberAt(const char *at, int digits)
{
    int number = 0;
    for (int i = 0; i < digits; ++i)
        number = number << 6 | (at[i] & 0x3F);
    return number;
}

} // namespace

QByteArray stampedFrame(int source, int sequence)
{
    const qint64 size = bytesOf(sequence + 1) - bytesOf(sequence);
    QByteArray frame(size, '\0');
    char *const bytes = frame.data(); // tests are not optimised: one call, not one a byte
    bytes[0] = '\xFF';
    bytes[1] = '\xFB';
    bytes[2] = static_cast<char>(0x90 | (size == 418 ? 2 : 0));
    std::memcpy(bytes + stampAt, "STMP", 4);
    putNumber(bytes + stampAt + 4, 3, source);
    putNumber(bytes + stampAt + 7, 5, sequence);
    // Ascending, so that no tag's name ever stands in it.
    for (qsizetype i = stampAt + stampBytes; i < size; ++i)
        bytes[i] = static_cast<char>(0x20 + (source * 7 + sequence + i) % 0x40);
    return frame;
}

QByteArray stampedFrames(int source, int count, int first)
{
    QByteArray bytes;
    bytes.reserve(bytesOf(count + 1));
    for (int i = 0; i < count; ++i)
        bytes += stampedFrame(source, first + i);
    return bytes;
}

StampedStream::StampedStream(const QByteArray &audio)
{
    const QByteArray silence = silentMpegFrame(defaultMpegHeader());
    for (qsizetype at = 0; at < audio.size();) {
        const QByteArrayView rest = QByteArrayView(audio).sliced(at);
        HeardFrame frame;
        frame.offset = at;
        QByteArray expected = silence;
        if (rest.size() >= stampAt + stampBytes && rest.sliced(stampAt).startsWith("STMP")) {
            frame.source = numberAt(rest.data() + stampAt + 4, 3);
            frame.sequence = numberAt(rest.data() + stampAt + 7, 5);
            expected = stampedFrame(frame.source, frame.sequence);
        } else {
            frame.kind = HeardFrame::Kind::Silent;
        }
        if (rest.size() < expected.size()) {
            // The end of what was read; before the stamp only a header can be told.
            if (!rest.startsWith(QByteArrayView("\xFF\xFB").first(qMin<qsizetype>(2, rest.size()))))
                m_fault = u"byte %1 of %2 begins no frame"_s.arg(at).arg(audio.size());
            return;
        }
        if (!rest.startsWith(expected)) {
            m_fault = u"byte %1 of %2 begins a torn or unknown frame after %3: %4"_s.arg(at)
                          .arg(audio.size())
                          .arg(summary(), QString::fromLatin1(rest.first(48).toByteArray().toHex()));
            return;
        }
        frame.size = expected.size();
        m_frames.append(frame);
        at += expected.size();
    }
}

QList<HeardRun> StampedStream::runs() const
{
    QList<HeardRun> result;
    for (const HeardFrame &frame : m_frames) {
        const bool silent = frame.kind == HeardFrame::Kind::Silent;
        if (!result.isEmpty() && result.constLast().kind == frame.kind &&
            (silent ||
             (result.constLast().source == frame.source && result.constLast().last + 1 == frame.sequence))) {
            ++result.last().last;
            continue;
        }
        result.append({frame.kind, frame.source, frame.sequence, frame.sequence, frame.offset});
    }
    return result;
}

QString StampedStream::sequenceFault(const QList<int> &lengths) const
{
    const QList<HeardRun> all = runs();
    for (qsizetype i = 1; i < all.size(); ++i) {
        const HeardRun &before = all.at(i - 1);
        const HeardRun &run = all.at(i);
        if (before.kind == HeardFrame::Kind::Silent || run.kind == HeardFrame::Kind::Silent)
            continue;
        if (before.source == run.source) {
            const int length = lengths.value(run.source, 0);
            if (length == 0 || before.last != length - 1 || run.first != 0)
                return u"source %1 goes from %2 to %3"_s.arg(run.source).arg(before.last).arg(run.first);
        }
    }
    return {};
}

int StampedStream::count(int source) const
{
    return static_cast<int>(std::count_if(m_frames.begin(), m_frames.end(), [&](const HeardFrame &frame) {
        return frame.kind == HeardFrame::Kind::Stamped && frame.source == source;
    }));
}

int StampedStream::silentFrames() const
{
    return static_cast<int>(std::count_if(m_frames.begin(), m_frames.end(), [](const HeardFrame &frame) {
        return frame.kind == HeardFrame::Kind::Silent;
    }));
}

QString StampedStream::summary() const
{
    QStringList parts;
    for (const HeardRun &run : runs())
        parts.append(run.kind == HeardFrame::Kind::Silent
                         ? u"silence:%1"_s.arg(run.count())
                         : u"%1:%2-%3"_s.arg(run.source).arg(run.first).arg(run.last));
    return parts.join(u' ');
}

} // namespace cycast::test
