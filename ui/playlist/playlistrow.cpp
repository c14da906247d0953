// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/playlist/playlistrow.h"

#include "core/advice/attention.h"
#include "core/base/filename.h"
#include "ui/look/elidedlabel.h"
#include "ui/look/humanize.h"
#include "ui/look/icons.h"
#include "ui/look/sentences.h"
#include "ui/look/theme.h"
#include "ui/playlist/rowwords.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QFont>

namespace cycast
{

namespace
{

/// TrackRowTexts of the rows, marked for the translators.
class TrackRowTexts
{
    Q_DECLARE_TR_FUNCTIONS(PlaylistRow)

public:
    static QString encoded(const QString &from, const QString &to)
    {
        return tr("%1 → %2", "format of a file, format of the stream").arg(from, to);
    }
    static QString broken(const QString &title, const QString &why)
    {
        return tr("%1, cannot play: %2").arg(title, why);
    }
    static QString needsLook(const QString &title, const QString &why)
    {
        return tr("%1, %2").arg(title, why);
    }
    static QString playing(const QString &title) { return tr("%1, playing now").arg(title); }
    static QString sortHint() { return tr("Click to sort the playlist. Undo brings the old order back."); }
    static QString column(int column)
    {
        const QString names[] = {tr("Title"), tr("Artist"), tr("Length"), tr("Format")};
        return names[column];
    }
};

QString titleOf(const PlaylistEntry &entry)
{
    return entry.track.title.isEmpty() ? QFileInfo(shownPath(entry.path)).completeBaseName()
                                       : entry.track.title;
}

QFont boldFont()
{
    QFont font;
    font.setBold(true);
    return font;
}

} // namespace

QVariant PlaylistRow::data(int column, int role) const
{
    const bool isTitle = column == TitleColumn;
    switch (role) {
    case Qt::DisplayRole:
        return text(column);
    case Qt::DecorationRole:
        return isTitle ? picture() : QVariant();
    case Qt::ToolTipRole:
        return plainToolTip(toolTip());
    case Qt::AccessibleTextRole:
        return isTitle ? spoken() : QVariant();
    case Qt::ForegroundRole:
        return entry.problem.isEmpty() ? QVariant() : QVariant(theme::mutedText());
    case Qt::FontRole:
        return isPlaying ? QVariant(boldFont()) : QVariant();
    case Qt::TextAlignmentRole:
        return column == LengthColumn ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    default:
        return {};
    }
}

QVariant PlaylistRow::text(int column) const
{
    switch (column) {
    case TitleColumn:
        return titleOf(entry);
    case ArtistColumn:
        return entry.track.artist;
    case LengthColumn:
        return entry.track.durationMs > 0 ? humanize::clock(entry.track.durationMs) : QString();
    case FormatColumn:
        return needsAttention(entry) ? attentionWord(worstAttention(entry)) : format();
    default:
        return {};
    }
}

QVariant PlaylistRow::picture() const
{
    if (needsAttention(entry))
        return icon(Glyph::Warning);
    return isPlaying ? QVariant(icon(Glyph::Play)) : QVariant();
}

QString PlaylistRow::toolTip() const
{
    QStringList lines{titleOf(entry)};
    if (!entry.track.artist.isEmpty())
        lines.append(entry.track.artist);
    if (!entry.track.album.isEmpty())
        lines.append(entry.track.album);
    const QList<Attention> reasons = attentionOf(entry);
    for (auto reason = reasons.crbegin(); reason != reasons.crend(); ++reason)
        lines.prepend(attentionSentence(reason->kind, entry));
    if (needsAttention(entry) && !entry.format.isEmpty())
        lines.append(entry.format);
    if (const QString sentence = delivery(); !sentence.isEmpty())
        lines.append(sentence);
    lines.append(shownPath(entry.path));
    return lines.join(u'\n');
}

/// Only where there is more to say than the title.
QVariant PlaylistRow::spoken() const
{
    const QString title = titleOf(entry);
    if (!entry.problem.isEmpty())
        return TrackRowTexts::broken(title, said(entry.problem));
    if (needsAttention(entry))
        return TrackRowTexts::needsLook(title, attentionSentence(worstAttention(entry), entry));
    return isPlaying ? QVariant(TrackRowTexts::playing(title)) : QVariant();
}

/// One line about what becomes of the file; empty while that is not known.
QString PlaylistRow::delivery() const
{
    if (entry.sound.codec.isEmpty() || !entry.problem.isEmpty())
        return {};
    return deliverySentence(deliveryOf(entry, settings));
}

QString PlaylistRow::format() const
{
    if (entry.sound.codec.isEmpty() || deliveryOf(entry, settings).isPassed)
        return entry.format;
    return TrackRowTexts::encoded(entry.format, settings.encoder.format.toUpper());
}

QVariant PlaylistRow::header(int column, int role)
{
    if (role == Qt::TextAlignmentRole)
        return int((column == LengthColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole)
        return TrackRowTexts::sortHint();
    if (role != Qt::DisplayRole || column < 0 || column >= ColumnCount)
        return {};
    return TrackRowTexts::column(column);
}

} // namespace cycast
