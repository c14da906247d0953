// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/playlist/jinglesview.h"

#include "ui/look/elidedlabel.h"
#include "ui/look/humanize.h"
#include "ui/look/icons.h"
#include "ui/look/theme.h"
#include "ui/playlist/jingleeditor.h"
#include "ui/playlist/playlisttable.h"

#include <QAction>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStandardPaths>
#include <QToolButton>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

JinglesView::JinglesView(JingleEditor &editor, QWidget *parent)
    : QWidget(parent)
    , m_editor(editor)
    , m_toggle(new QAction(tr("&Jingles"), this))
    , m_fold(new QToolButton(this))
    , m_words(new ElidedLabel(this))
    , m_content(new QWidget(this))
    , m_table(new PlaylistTable(m_content))
    , m_hint(new QLabel(tr("Drop station calls and jingles here."), m_content))
{
    setObjectName(u"jinglesView"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *line = new QHBoxLayout;
    m_toggle->setCheckable(true);
    m_toggle->setShortcut(tr("Ctrl+J"));
    m_fold->setObjectName(u"foldJingles"_s);
    m_fold->setProperty("flatIcon", true);
    m_fold->setDefaultAction(m_toggle);
    m_fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_fold->setFocusPolicy(Qt::StrongFocus);
    theme::setTone(m_words, Tone::Neutral);
    auto *add = new QToolButton(this);
    add->setObjectName(u"addJingles"_s);
    add->setProperty("flatIcon", true);
    add->setIcon(icon(Glyph::Add));
    add->setToolTip(tr("Add jingles"));
    add->setAccessibleName(tr("Add jingles"));
    add->setFocusPolicy(Qt::StrongFocus);
    connect(add, &QToolButton::clicked, this, &JinglesView::askForFiles);
    line->addWidget(m_fold);
    line->addWidget(m_words, 1);
    line->addWidget(add);
    layout->addLayout(line);

    auto *content = new QVBoxLayout(m_content);
    content->setContentsMargins(0, 0, 0, 0);
    m_table->setModel(&editor.model());
    m_table->setObjectName(u"jingleTable"_s);
    m_table->setAccessibleName(tr("Jingles"));
    m_table->setMaximumHeight(fontMetrics().height() * 12);
    m_table->setKnowsRow([this](quint64 id) { return m_editor.model().rowOf(id) >= 0; });
    m_hint->setWordWrap(true);
    theme::setTone(m_hint, Tone::Neutral);
    content->addWidget(m_table);
    content->addWidget(m_hint);
    content->addWidget(makeRule());
    layout->addWidget(m_content);
    m_content->hide();

    makeActions();
    connect(m_toggle, &QAction::toggled, this, &JinglesView::setOpen);
    connect(&editor, &JingleEditor::changed, this, &JinglesView::refresh);
    connect(m_table, &PlaylistTable::pathsDropped, this,
            [this](const QStringList &paths, int row) { m_editor.importPaths(paths, row); });
    connect(m_table, &PlaylistTable::rowsDropped, this, [this](const QList<quint64> &ids, int row) {
        QList<int> rows;
        for (const quint64 id : ids) {
            if (const int from = m_editor.model().rowOf(id); from >= 0)
                rows.append(from);
        }
        m_editor.move(rows, row);
    });
    refresh();
}

QWidget *JinglesView::makeRule()
{
    auto *row = new QWidget(m_content);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    const auto number = [row, this](int most, const QString &name, const QString &explanation) {
        auto *box = new QSpinBox(row);
        box->setRange(0, most);
        box->setSpecialValueText(tr("off", "a jingle after so many songs or minutes: not counted"));
        box->setAccessibleName(name);
        box->setToolTip(explanation);
        box->setKeyboardTracking(false);
        connect(box, &QSpinBox::valueChanged, this,
                [this] { m_editor.setRule(m_songs->value(), m_minutes->value()); });
        return box;
    };
    m_songs = number(1000, tr("Songs between jingles"), tr("One jingle after so many songs."));
    m_songs->setObjectName(u"jingleSongs"_s);
    m_minutes = number(1440, tr("Minutes between jingles"),
                       tr("One jingle after so many minutes of music, never within a track."));
    m_minutes->setObjectName(u"jingleMinutes"_s);
    layout->addWidget(new QLabel(tr("One every"), row));
    layout->addWidget(m_songs);
    layout->addWidget(new QLabel(tr("songs, or"), row));
    layout->addWidget(m_minutes);
    layout->addWidget(new QLabel(tr("minutes"), row));
    layout->addStretch(1);
    return row;
}

void JinglesView::makeActions()
{
    auto *remove = new QAction(tr("Re&move"), m_table);
    remove->setShortcut(QKeySequence::Delete);
    remove->setShortcutContext(Qt::WidgetShortcut);
    connect(remove, &QAction::triggered, this, [this] { m_editor.remove(m_table->selectedRows()); });
    m_table->addAction(remove);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
}

void JinglesView::setOpen(bool isOpen)
{
    m_toggle->setChecked(isOpen);
    m_content->setVisible(isOpen);
    refresh();
}

/// "3 jingles, one every 4 songs"
void JinglesView::refresh()
{
    const Settings::Jingles &rule = m_editor.rule();
    const int own = m_editor.model().rowCount();
    const int all = own + m_editor.folderCount();
    const bool isOff = rule.everySongs == 0 && rule.everyMinutes == 0;
    QStringList words;
    words += all == 0 ? tr("none yet") : humanize::number(all);
    if (m_editor.folderCount() > 0)
        words +=
            tr("%1 of them from the folder in the settings").arg(humanize::number(m_editor.folderCount()));
    if (all > 0 && isOff)
        words += tr("never played: choose when");
    else if (all > 0 && rule.everySongs > 0 && rule.everyMinutes > 0)
        words += tr("one every %1 songs or %2 minutes").arg(rule.everySongs).arg(rule.everyMinutes);
    else if (all > 0 && rule.everySongs == 1)
        words += tr("one after every song");
    else if (all > 0 && rule.everySongs > 0)
        words += tr("one every %1 songs").arg(rule.everySongs);
    else if (all > 0)
        words += tr("one every %1 minutes").arg(rule.everyMinutes);
    m_words->setFullText(words.join(u" \u00b7 "_s));
    m_fold->setArrowType(m_toggle->isChecked() ? Qt::DownArrow : Qt::RightArrow);
    m_fold->setAccessibleName(tr("Jingles: %1").arg(words.join(u", "_s)));
    m_hint->setVisible(own == 0);
    const QSignalBlocker songs(m_songs);
    const QSignalBlocker minutes(m_minutes);
    m_songs->setValue(rule.everySongs);
    m_minutes->setValue(rule.everyMinutes);
}

void JinglesView::askForFiles()
{
    auto *dialog = new QFileDialog(this, tr("Add jingles"),
                                   QStandardPaths::writableLocation(QStandardPaths::MusicLocation));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    QStringList patterns;
    for (const QString &extension : m_editor.extensions())
        patterns.append(u'*' + extension);
    dialog->setNameFilters({tr("Music (%1)").arg(patterns.join(u' ')), tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList &files) {
        setOpen(true);
        m_editor.importPaths(files);
    });
    dialog->open();
}

} // namespace cycast
