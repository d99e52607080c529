"""The gateway to language models: DeepSeek, or any server that speaks the OpenAI protocol.

Each module holds one behaviour. A ``ChatModel`` answers a ``Request`` with a ``Completion``;
wrappers around it give it patience, a purse, a memory and a fuse; ``Gateway`` puts them together.
"""
