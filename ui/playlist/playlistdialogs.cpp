// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/playlist/playlistdialogs.h"

#include "ui/playlist/playlisteditor.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QStandardPaths>

using namespace Qt::Literals::StringLiterals;

namespace cycast::playlistdialogs
{

namespace
{

/// Texts of the dialogs, marked for the translators.
struct Texts {
    Q_DECLARE_TR_FUNCTIONS(PlaylistDialogs)
};

QFileDialog *makeDialog(QWidget *parent, const QString &title, QFileDialog::FileMode mode)
{
    auto *dialog =
        new QFileDialog(parent, title, QStandardPaths::writableLocation(QStandardPaths::MusicLocation));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(mode);
    return dialog;
}

void importChosen(QFileDialog *dialog, PlaylistEditor &editor)
{
    QObject::connect(dialog, &QFileDialog::filesSelected, &editor,
                     [&editor](const QStringList &paths) { editor.importPaths(paths); });
    dialog->open();
}

} // namespace

void askForFiles(PlaylistEditor &editor, QWidget *parent)
{
    QStringList patterns;
    for (const QString &extension : editor.playbackSettings().extensions)
        patterns.append(u'*' + extension);
    QFileDialog *dialog = makeDialog(parent, Texts::tr("Add files"), QFileDialog::ExistingFiles);
    dialog->setNameFilters({Texts::tr("Music (%1)").arg(patterns.join(u' ')), Texts::tr("All files (*)")});
    importChosen(dialog, editor);
}

void askForFolder(PlaylistEditor &editor, QWidget *parent)
{
    QFileDialog *dialog =
        makeDialog(parent, Texts::tr("Add a folder with everything in it"), QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    importChosen(dialog, editor);
}

void askForPlaylist(PlaylistEditor &editor, QWidget *parent)
{
    QFileDialog *dialog = makeDialog(parent, Texts::tr("Open a playlist"), QFileDialog::ExistingFiles);
    dialog->setNameFilters(
        {Texts::tr("Playlists (*.m3u *.m3u8 *.pls *.xspf *.cue)"), Texts::tr("All files (*)")});
    importChosen(dialog, editor);
}

void askWhereToSave(PlaylistEditor &editor, QWidget *parent)
{
    QFileDialog *dialog = makeDialog(parent, Texts::tr("Save the playlist"), QFileDialog::AnyFile);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"m3u8"_s);
    dialog->setNameFilters({Texts::tr("Playlist (*.m3u8)"), Texts::tr("Playlist for older players (*.m3u)"),
                            Texts::tr("PLS playlist (*.pls)"), Texts::tr("XSPF playlist (*.xspf)")});
    QObject::connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        const qsizetype dot = filter.lastIndexOf("*."_L1);
        dialog->setDefaultSuffix(filter.mid(dot + 2).chopped(1));
    });
    QObject::connect(dialog, &QFileDialog::fileSelected, &editor,
                     [&editor](const QString &file) { editor.exportTo(file); });
    dialog->open();
}

} // namespace cycast::playlistdialogs
