// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/playlist/rowwords.h"

#include "ui/look/humanize.h"
#include "ui/look/sentences.h"

#include <QCoreApplication>

namespace cycast
{

namespace
{

/// Texts of the playlist's rows, marked for the translators.
class RowWords
{
    Q_DECLARE_TR_FUNCTIONS(RowWords)

public:
    static QString channels(int count)
    {
        if (count == 1)
            return tr("mono");
        return count == 2 ? tr("stereo") : tr("%1 channels").arg(count);
    }

    static QString decimal(double value) { return humanize::displayLocale().toString(value, 'f', 1); }

    /// 44.1 kHz, 48 kHz, 22.05 kHz
    static QString kiloHertz(int hertz)
    {
        return tr("%1 kHz").arg(humanize::displayLocale().toString(hertz / 1000.0, 'g', 5));
    }

    /// Half a sentence.
    static QString why(const Delivery &delivery)
    {
        switch (delivery.why) {
        case EncodedBecause::OtherCodec:
            return tr("the stream is %1").arg(nameOf(delivery.stream).toUpper());
        case EncodedBecause::OtherContainer:
            return tr("its sound is inside another kind of file");
        case EncodedBecause::TracksFade:
            return tr("tracks fade into one another");
        case EncodedBecause::SilenceIsCut:
            return tr("silence at its ends is cut");
        case EncodedBecause::SampleRate:
            return tr("%1 instead of %2").arg(kiloHertz(delivery.found), kiloHertz(delivery.wanted));
        case EncodedBecause::Channels:
            return tr("%1 instead of %2").arg(channels(delivery.found), channels(delivery.wanted));
        case EncodedBecause::Bitrate:
            return tr("%1 kbit/s, more than the %2 that are passed on")
                .arg(delivery.found)
                .arg(delivery.wanted);
        case EncodedBecause::IsLevelled:
            return tr("it is made as loud as the others");
        case EncodedBecause::LoudnessUnknown:
            return tr("its loudness is not known yet");
        case EncodedBecause::NotPlain:
            return tr("its frames need more than the stream tells players");
        case EncodedBecause::EverythingIs:
            return tr("every file is encoded");
        case EncodedBecause::Nothing:
        case EncodedBecause::NotKnownYet:
            break;
        }
        return tr("its format is not known yet");
    }
};

} // namespace

QString attentionWord(AttentionKind kind)
{
    switch (kind) {
    case AttentionKind::Missing:
        return RowWords::tr("Missing");
    case AttentionKind::Unreadable:
        return RowWords::tr("Cannot be read");
    case AttentionKind::Protected:
        return RowWords::tr("Copy-protected");
    case AttentionKind::NoSound:
        return RowWords::tr("No sound");
    case AttentionKind::NoAnswer:
        return RowWords::tr("Does not answer");
    case AttentionKind::CannotPlay:
        return RowWords::tr("Cannot play");
    case AttentionKind::TooShort:
        return RowWords::tr("Very short");
    case AttentionKind::SilentEnd:
        return RowWords::tr("Silent end");
    case AttentionKind::FarTooLoud:
        return RowWords::tr("Far too loud");
    case AttentionKind::FarTooQuiet:
        return RowWords::tr("Far too quiet");
    }
    return {};
}

QString attentionSentence(AttentionKind kind, const PlaylistEntry &entry)
{
    const auto seconds = [](qint64 ms) { return RowWords::decimal(static_cast<double>(ms) / 1000.0); };
    const QString lufs = RowWords::decimal(static_cast<double>(entry.loudnessLufs));
    switch (kind) {
    case AttentionKind::TooShort:
        return RowWords::tr("It lasts %1 s only: is it the whole track?")
            .arg(seconds(entry.track.durationMs));
    case AttentionKind::SilentEnd:
        return RowWords::tr("It ends with %1 s of silence, which listeners take for a fault.")
            .arg(seconds(entry.silentEndMs));
    case AttentionKind::FarTooLoud:
        return RowWords::tr("It is far too loud (%1 LUFS): it is probably distorted already.").arg(lufs);
    case AttentionKind::FarTooQuiet:
        return RowWords::tr("It is far too quiet (%1 LUFS): raising it would raise its noise too.").arg(lufs);
    default:
        return RowWords::tr("Cannot play: %1").arg(said(entry.problem));
    }
}

QString deliverySentence(const Delivery &delivery)
{
    if (delivery.isLevelled)
        return RowWords::tr("Sent as it is, but for the gain in its frames");
    return delivery.isPassed ? RowWords::tr("Sent as it is, bit for bit")
                             : RowWords::tr("Encoded anew: %1").arg(RowWords::why(delivery));
}

} // namespace cycast
