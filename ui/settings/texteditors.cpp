// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settingeditor.h"
#include "ui/settings/settingtexts.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QRegularExpression>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace cycast::settingeditors
{

namespace
{

/// One line of text, with the buttons its kind asks for: browse for a folder; show, copy and make up a
/// secret.
class TextEditor : public SettingEditor
{
public:
    TextEditor(const SettingField &field, QWidget *parent)
        : SettingEditor(parent)
        , m_edit(new QLineEdit(this))
        , m_line(new QHBoxLayout)
    {
        auto *column = new QVBoxLayout(this);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(6);
        column->addLayout(m_line);
        m_line->setSpacing(6);
        m_line->addWidget(m_edit, 1);
        setInput(m_edit, settingtexts::label(field));
        connect(m_edit, &QLineEdit::textChanged, this, &SettingEditor::edited);
        if (settingtexts::isFolder(field))
            addBrowse(field);
        if (field.isSecret)
            addSecretButtons(field);
    }

protected:
    QVariant read() const override { return m_edit->text(); }

    void write(const QVariant &value) override
    {
        m_edit->setText(value.toString());
        m_edit->setCursorPosition(0);
    }

    QLineEdit *m_edit;

private:
    QToolButton *addButton(QHBoxLayout &line, const QString &text, const QString &accessibleName)
    {
        auto *button = new QToolButton(this);
        button->setProperty("boxed", true);
        button->setText(text);
        button->setAccessibleName(accessibleName);
        button->setToolTip(accessibleName);
        line.addWidget(button);
        return button;
    }

    void addBrowse(const SettingField &field)
    {
        QToolButton *button =
            addButton(*m_line, tr("Browse…"), tr("Choose a folder for: %1").arg(settingtexts::label(field)));
        connect(button, &QToolButton::clicked, this, [this, title = settingtexts::label(field)] {
            auto *dialog = new QFileDialog(this, title, m_edit->text());
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            dialog->setFileMode(QFileDialog::Directory);
            dialog->setOption(QFileDialog::ShowDirsOnly);
            connect(dialog, &QFileDialog::fileSelected, this,
                    [this](const QString &path) { m_edit->setText(path); });
            dialog->open();
        });
    }

    void addSecretButtons(const SettingField &field)
    {
        const QString label = settingtexts::label(field);
        m_edit->setEchoMode(QLineEdit::Password);
        // Below the field: three buttons beside it would leave no room for a pass phrase.
        auto *buttons = new QHBoxLayout;
        buttons->setSpacing(6);
        static_cast<QVBoxLayout *>(layout())->addLayout(buttons);
        QToolButton *show = addButton(*buttons, tr("Show"), tr("Show: %1").arg(label));
        show->setCheckable(true);
        connect(show, &QToolButton::toggled, this, [this, show](bool on) {
            m_edit->setEchoMode(on ? QLineEdit::Normal : QLineEdit::Password);
            show->setText(on ? tr("Hide") : tr("Show"));
        });
        QToolButton *copy = addButton(*buttons, tr("Copy"), tr("Copy: %1").arg(label));
        connect(copy, &QToolButton::clicked, this,
                [this] { QGuiApplication::clipboard()->setText(m_edit->text()); });
        if (settingtexts::canGenerate(field)) {
            QToolButton *fresh = addButton(*buttons, tr("New"), tr("Make up a new one: %1").arg(label));
            connect(fresh, &QToolButton::clicked, this, [this, show] {
                propose(generatePassphrase());
                show->setChecked(true);
            });
        }
        buttons->addStretch(1);
    }

    QHBoxLayout *m_line; ///< the field, and what stands beside it
};

/// A list as text parted by commas.
class ListEditor : public TextEditor
{
public:
    using TextEditor::TextEditor;

protected:
    QVariant read() const override
    {
        QStringList list;
        for (const QString &part : m_edit->text().split(u',', Qt::SkipEmptyParts)) {
            if (const QString text = part.trimmed(); !text.isEmpty())
                list += text;
        }
        return list;
    }

    void write(const QVariant &value) override { TextEditor::write(value.toStringList().join(", "_L1)); }
};

/// File endings may be parted by blanks as well; what has no dot in front gets one.
class EndingsEditor : public ListEditor
{
public:
    using ListEditor::ListEditor;

protected:
    QVariant read() const override
    {
        static const QRegularExpression separators(u"[,;\\s]+"_s);
        QStringList list = m_edit->text().split(separators, Qt::SkipEmptyParts);
        for (QString &ending : list) {
            if (!ending.startsWith(u'.'))
                ending.prepend(u'.');
        }
        return list;
    }
};

} // namespace

SettingEditor *makeText(const SettingField &field, QWidget *parent)
{
    return new TextEditor(field, parent);
}

SettingEditor *makeList(const SettingField &field, QWidget *parent)
{
    if (field.key == QByteArrayView("playlist.extensions"))
        return new EndingsEditor(field, parent);
    return new ListEditor(field, parent);
}

} // namespace cycast::settingeditors
