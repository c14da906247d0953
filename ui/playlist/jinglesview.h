// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QLabel;
class QSpinBox;
class QToolButton;

namespace cycast
{

class ElidedLabel;
class JingleEditor;
class PlaylistTable;

/// The second list, folded away below the playlist: one line that says how many jingles there are and when
/// they come; open, their rows and the rule.
class JinglesView : public QWidget
{
    Q_OBJECT

public:
    /// `editor` must outlive it.
    explicit JinglesView(JingleEditor &editor, QWidget *parent = nullptr);

    PlaylistTable *table() const { return m_table; }
    /// For the menu: opens and closes.
    QAction *toggleAction() const { return m_toggle; }
    void setOpen(bool isOpen);

private:
    QWidget *makeRule();
    void makeActions();
    void askForFiles();
    void refresh();

    JingleEditor &m_editor;
    QAction *m_toggle;
    QToolButton *m_fold;
    ElidedLabel *m_words;
    QWidget *m_content;
    PlaylistTable *m_table;
    QLabel *m_hint;
    QSpinBox *m_songs = nullptr;
    QSpinBox *m_minutes = nullptr;
};

} // namespace cycast
